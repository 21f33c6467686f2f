// A file from this computer as the customer's message.
const largest = 16 * 1024 * 1024;

const kindOf = type => type === 'image/webp' ? 'sticker'
  : /^image\/(jpeg|png)$/.test(type) ? 'image'
  : type.startsWith('video/') ? 'video'
  : type.startsWith('audio/') ? 'audio'
  : 'document';

export async function attached(file) {
  if (file.size > largest) {
    throw new Error('The pretend phone sends files up to 16 MB.');
  }

  return { type: kindOf(file.type), file: { name: file.name, mime_type: file.type || 'application/octet-stream', data: await base64(file) } };
}

function base64(file) {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(reader.result.slice(reader.result.indexOf(',') + 1));
    reader.onerror = () => reject(new Error('The file could not be read.'));
    reader.readAsDataURL(file);
  });
}
