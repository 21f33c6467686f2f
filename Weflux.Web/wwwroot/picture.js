// Cuts the chosen picture to a square and makes it small, so that it is the right way up and nothing of the camera
// leaves the browser. Without this script the file itself is sent, and the server takes the camera's notes out.
const size = 512;
const form = document.querySelector('[data-picture]');
const input = form.querySelector('[type=file]');
const place = document.querySelector('.own-picture');

async function square(file) {
  const picture = await createImageBitmap(file, { imageOrientation: 'from-image' });
  const edge = Math.min(picture.width, picture.height);
  const canvas = Object.assign(document.createElement('canvas'), { width: size, height: size });
  canvas.getContext('2d').drawImage(
    picture, (picture.width - edge) / 2, (picture.height - edge) / 2, edge, edge, 0, 0, size, size);
  return canvas;
}

input.addEventListener('change', async () => {
  const [file] = input.files;
  const canvas = file && await square(file).catch(() => null);
  if (!canvas) {
    // The server says what is wrong with it.
    return;
  }
  const type = file.type === 'image/png' ? 'image/png' : 'image/jpeg';
  const blob = await new Promise(resolve => canvas.toBlob(resolve, type, 0.9));
  if (blob && input.files[0] === file) {
    const cut = new DataTransfer();
    cut.items.add(new File([blob], 'picture', { type }));
    input.files = cut.files;
    place.replaceChildren(canvas);
  }
});
