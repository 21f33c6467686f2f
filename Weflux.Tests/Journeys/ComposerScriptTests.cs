using Microsoft.Playwright;
using Weflux.Tests.Support;

namespace Weflux.Tests.Journeys;

/// <summary>The composer's script by itself, with a server that answers when the test says so.</summary>
public sealed class ComposerScriptTests(Chromium chromium) : Journey(chromium)
{
    private const string Stage = """
        async () => {
          const button = (mark, words) => `<button type="button" data-${mark}>${words}</button>`;
          document.body.innerHTML = `<div id="components-reconnect-modal" hidden></div><div class="column"><section class="composer">
            <div class="state" id="state"></div><p data-trouble hidden></p>
            <div data-tray hidden><ul data-files></ul><p data-goes-with hidden></p>
              <template data-card><li><span data-picture></span><span data-name></span><span data-status></span><progress data-progress max="100"></progress>
                <input data-caption hidden />${button("again", "Try again")}${button("remove", "Remove")}</li></template></div>
            <p data-told></p><div data-drop hidden></div>
            <label data-preview hidden><input type="checkbox" checked /></label>
            <div class="box"><textarea></textarea><span data-counter hidden></span><span data-limit></span><button data-later hidden></button>
              <div data-recorder hidden>${button("discard", "Discard")}<span data-time></span><span data-wave></span><audio data-listen hidden></audio>${button("stop", "Stop")}</div>
              ${button("record", "Record")}${button("later", "Send later")}${button("send", "Send")}</div></section></div>`;
          const { enter, leave } = await import("/Inbox/Composer.razor.js");
          const root = document.querySelector("section");
          const t = window.t = { calls: [], answers: {}, waiting: [], saved: null, root, box: root.querySelector("textarea"), leave: () => leave(root) };
          // A file is up as soon as the test says so.
          t.uploads = [];
          window.XMLHttpRequest = class {
            upload = {};
            open() { }
            setRequestHeader() { }
            abort() { this.onabort?.(); }
            send() { t.uploads.push(this); }
          };
          t.fail = (nth, status, detail) => Object.assign(t.uploads[nth], { status, responseText: JSON.stringify({ detail }) }).onload();
          t.connection = state => document.getElementById("components-reconnect-modal").dispatchEvent(new CustomEvent("components-reconnect-state-changed", { detail: { state } }));
          t.up = nth => Object.assign(t.uploads[nth], { status: 201, responseText: JSON.stringify({ id: nth + 1 }) }).onload();
          window.fetch = async () => ({});
          const dotnet = { invokeMethodAsync: (name, ...args) => {
            t.calls.push([name, ...args]);
            const answer = t.answers[name];
            return answer === "wait" ? new Promise((resolve, reject) => t.waiting.push({ resolve, reject }))
              : answer !== undefined ? Promise.resolve(answer) : Promise.resolve(name === "SaveAsync");
          } };
          const limit = { types: ["image/png"], max: 1e6, words: "pictures" };
          t.enter = text => enter(root, dotnet, { key: "k", draftId: crypto.randomUUID(), text: text ?? "", max: 4096, counterFrom: 3800, address: "/none",
            limits: { image: limit, voice: { ...limit, types: [] }, document: { ...limit, types: [] } } });
          t.type = text => { t.box.value = text; t.box.dispatchEvent(new Event("input")); };
          t.press = () => t.box.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", bubbles: true, cancelable: true }));
          t.of = name => t.calls.filter(c => c[0] === name);
          t.drop = (...names) => { const transfer = new DataTransfer();
            names.forEach(name => transfer.items.add(new File(["x"], name, { type: "application/pdf" })));
            root.dispatchEvent(new DragEvent("drop", { dataTransfer: transfer, bubbles: true, cancelable: true })); };
          t.trouble = () => root.querySelector("[data-trouble]").textContent;
          t.names = () => [...root.querySelectorAll("[data-name]")].map(e => e.textContent).join();
          t.files = () => [...root.querySelectorAll("[data-files] li")];
        }
        """;

    private IPage _page = null!;

    [Fact]
    public async Task What_is_typed_after_no_answer_is_another_message_and_outlives_the_first_one()
    {
        await OpenAsync();
        await DoAsync("t.answers.SendAsync = 'wait'; t.enter(); t.type('Hello'); t.press()");
        await _page.Clock.FastForwardAsync(16_000);
        await SeeAsync("t.trouble().startsWith('No answer yet')");

        await DoAsync("t.type('Hello, and a good morning'); t.leave(); t.answers.WasSentAsync = true; t.box.value = ''; t.enter()");

        await SeeAsync("t.box.value === 'Hello, and a good morning'");
        await SeeAsync("t.trouble().startsWith('What you sent before went out after all')");
        await _page.Clock.FastForwardAsync(1_000);
        await SeeAsync("t.of('SaveAsync').at(-1)[1] === 'Hello, and a good morning' && t.of('SaveAsync').at(-1)[2] !== t.of('SendAsync')[0][2]");
    }

    [Fact]
    public async Task The_same_words_are_sent_again_under_the_same_id_and_other_words_under_another()
    {
        await OpenAsync();
        await DoAsync("t.answers.SendAsync = 'wait'; t.enter(); t.type('Hello'); t.press()");
        await _page.Clock.FastForwardAsync(16_000);
        await SeeAsync("t.trouble() !== ''");
        await DoAsync("t.press()");
        await _page.Clock.FastForwardAsync(16_000);
        await DoAsync("t.type('Hello you'); t.press()");

        await SeeAsync("t.of('SendAsync').length === 3");
        await SeeAsync("t.of('SendAsync')[0][2] === t.of('SendAsync')[1][2] && t.of('SendAsync')[1][2] !== t.of('SendAsync')[2][2]");
    }

    [Fact]
    public async Task An_answer_that_comes_late_is_taken()
    {
        await OpenAsync();
        await DoAsync("t.answers.SendAsync = 'wait'; t.enter(); t.type('Hello'); t.press()");
        await _page.Clock.FastForwardAsync(16_000);
        await SeeAsync("t.trouble().startsWith('No answer yet')");

        await DoAsync("t.waiting[0].resolve({ isSent: true, draftId: crypto.randomUUID() })");

        await SeeAsync("t.box.value === '' && t.trouble() === ''");
    }

    [Fact]
    public async Task A_fault_of_the_server_is_not_called_a_lost_connection()
    {
        await OpenAsync();
        await DoAsync("t.answers.SendAsync = 'wait'; t.enter(); t.type('Hello'); t.press(); t.waiting[0].reject(new Error(\"There was an exception invoking 'SendAsync'. See CircuitOptions.DetailedErrors.\"))");

        await SeeAsync("t.trouble().startsWith('Weflux could not do this')");
        await DoAsync("t.press(); t.waiting[1].reject(new Error(\"Cannot send data if the connection is not in the 'Connected' State.\"))");
        await SeeAsync("t.trouble().startsWith('Not connected')");
    }

    [Fact]
    public async Task Without_storage_in_the_browser_the_server_gets_the_draft_all_the_same()
    {
        await OpenAsync();
        await DoAsync("Storage.prototype.setItem = () => { throw new Error('full'); }; Storage.prototype.getItem = () => { throw new Error('no'); }; t.enter(); t.type('Kept')");

        await _page.Clock.FastForwardAsync(1_000);

        await SeeAsync("t.of('SaveAsync').length === 1 && t.of('SaveAsync')[0][1] === 'Kept'");
    }

    [Fact]
    public async Task A_file_that_is_taken_away_while_others_upload_holds_nothing_up()
    {
        await OpenAsync();
        await DoAsync("t.answers.SendFileAsync = { isSent: true }; t.enter(); t.drop('a.pdf', 'b.pdf', 'c.pdf')");
        await SeeAsync("t.uploads.length === 3");
        await DoAsync("t.up(0); t.root.querySelector('[data-send]').click()");
        await SeeAsync("t.of('SendFileAsync').length === 1 && t.files().length === 2");

        await DoAsync("t.files()[0].querySelector('[data-remove]').click(); t.up(2)");

        await SeeAsync("t.of('SendFileAsync').length === 2 && t.files().length === 0");
        await SeeAsync("t.of('SendFileAsync')[1][1].fileId === 3 && t.trouble() === ''");
    }

    [Fact]
    public async Task A_file_on_its_way_cannot_be_taken_back_and_takes_no_other_with_it()
    {
        await OpenAsync();
        await DoAsync("t.answers.SendFileAsync = 'wait'; t.enter(); t.drop('a.pdf', 'b.pdf')");
        await SeeAsync("t.uploads.length === 2");
        await DoAsync("t.up(0); t.up(1); t.root.querySelector('[data-send]').click()");
        await SeeAsync("t.waiting.length === 1");

        await DoAsync("t.files()[0].querySelector('[data-remove]').click()");
        await SeeAsync("t.names() === 'a.pdf,b.pdf'");
        await DoAsync("t.waiting[0].resolve({ isSent: true })");

        await SeeAsync("t.names() === 'b.pdf'");
        await SeeAsync("t.waiting.length === 2");
        await DoAsync("t.waiting[1].resolve({ isSent: false })");
        await SeeAsync("t.trouble() === 'b.pdf was not sent. It is kept here.' && t.names() === 'b.pdf'");
    }

    [Fact]
    public async Task What_is_typed_and_sent_while_a_file_uploads_goes_out_behind_it()
    {
        await OpenAsync();
        await DoAsync("t.answers.SendFileAsync = { isSent: true }; t.answers.SendAsync = { isSent: true, draftId: crypto.randomUUID() }; t.enter(); t.drop('a.pdf')");
        await SeeAsync("t.uploads.length === 1");
        await DoAsync("t.root.querySelector('[data-send]').click()");
        await DoAsync("t.type('And this'); t.press()");
        await SeeAsync("t.trouble() === 'This goes out after the files.' && t.of('SendAsync').length === 0");
        await _page.Clock.FastForwardAsync(1_000);
        await SeeAsync("t.of('SaveAsync').at(-1)[1] === 'And this'");

        await DoAsync("t.up(0)");

        await SeeAsync("t.calls.filter(c => c[0].startsWith('Send')).map(c => c[0]).join() === 'SendFileAsync,SendAsync'");
        await SeeAsync("t.of('SendAsync')[0][1] === 'And this' && t.box.value === ''");
    }

    [Fact]
    public async Task Whoever_leaves_while_the_browser_asks_for_the_microphone_is_not_recorded()
    {
        await OpenAsync();
        await DoAsync(Microphone + "t.enter(); t.root.querySelector('[data-record]').click(); t.press()");
        await SeeAsync("t.trouble().startsWith('The browser asks') && t.root.querySelector('[data-recorder]').hidden");

        await DoAsync("t.leave(); t.allow()");

        await SeeAsync("t.track?.readyState === 'ended'");
        await SeeAsync("t.root.querySelector('[data-recorder]').hidden");
    }

    [Fact]
    public async Task A_browser_that_cannot_record_says_so_and_gives_the_text_back()
    {
        await OpenAsync();
        await DoAsync(Microphone + "window.MediaRecorder = class { static isTypeSupported() { return true; } constructor() { throw new Error('no'); } }; t.enter(); t.root.querySelector('[data-record]').click(); t.allow()");

        await SeeAsync("t.trouble().startsWith('This browser could not record.')");
        await SeeAsync("!t.root.querySelector('.box').classList.contains('recording') && t.track?.readyState === 'ended'");
    }

    [Theory]
    [InlineData("t.box.setAttribute('readonly', '')")]
    [InlineData("t.leave(); t.enter()")]
    public async Task A_recording_that_the_window_or_another_conversation_ends_is_kept_with_the_files(string end)
    {
        await OpenAsync();
        await DoAsync(Microphone + "t.enter(); t.root.querySelector('[data-record]').click(); t.allow()");
        await SeeAsync("t.root.querySelector('.box').classList.contains('recording')");
        await SeeAsync("t.heard > 0");

        await DoAsync(end);

        await SeeAsync("t.track.readyState === 'ended' && t.names().startsWith('voice.')");
        await SeeAsync("!t.root.querySelector('.box').classList.contains('recording')");
    }

    [Fact]
    public async Task Files_that_are_dropped_where_nobody_can_write_say_why()
    {
        await OpenAsync();
        await DoAsync("document.getElementById('state').innerHTML = '<strong>This number is paused.</strong>'; t.box.readOnly = true; t.enter(); t.drop('a.pdf')");

        await SeeAsync("t.trouble() === 'This number is paused. The files were not attached.' && t.files().length === 0");
    }

    [Fact]
    public async Task Whoever_sends_while_the_connection_is_away_is_told_at_once_and_can_send_as_soon_as_it_is_back()
    {
        await OpenAsync();
        await DoAsync("t.answers.SendAsync = 'wait'; t.enter(); t.type('Hello'); t.connection('show'); t.press()");
        await SeeAsync("t.trouble().startsWith('Not connected') && t.of('SendAsync').length === 0");

        await DoAsync("t.answers.SendAsync = { isSent: true, draftId: crypto.randomUUID() }; t.connection('hide'); t.press()");

        await SeeAsync("t.of('SendAsync').length === 1 && t.box.value === ''");
    }

    [Fact]
    public async Task What_was_on_its_way_when_the_connection_broke_is_looked_for_when_it_is_back()
    {
        await OpenAsync();
        await DoAsync("t.answers.SendAsync = 'wait'; t.answers.WasSentAsync = true; t.enter(); t.type('Hello'); t.press(); t.connection('show'); t.connection('hide')");

        await SeeAsync("t.of('WasSentAsync').length === 1 && t.box.value === '' && t.trouble() === ''");
        await DoAsync("t.answers.SendAsync = { isSent: true, draftId: crypto.randomUUID() }; t.type('And more'); t.press()");
        await SeeAsync("t.of('SendAsync').length === 2 && t.of('SendAsync')[1][2] !== t.of('SendAsync')[0][2]");
    }

    [Fact]
    public async Task Files_that_were_to_be_sent_when_somebody_left_say_so_when_they_come_back()
    {
        await OpenAsync();
        await DoAsync("t.answers.SendFileAsync = { isSent: true }; t.enter(); t.drop('a.pdf', 'b.pdf')");
        await SeeAsync("t.uploads.length === 2");
        await DoAsync("t.root.querySelector('[data-send]').click(); t.leave(); t.up(0)");

        // The page draws the composer anew.
        await DoAsync("t.root.querySelector('[data-files]').replaceChildren(); t.enter()");

        await SeeAsync("t.trouble() === 'You left before these files were sent. Send them now, or remove them.'");
        await DoAsync("t.up(1); t.root.querySelector('[data-send]').click()");
        await SeeAsync("t.of('SendFileAsync').length === 2 && t.files().length === 0 && t.trouble() === ''");
        await DoAsync("t.leave(); t.enter()");
        await SeeAsync("t.trouble() === ''");
    }

    [Fact]
    public async Task A_file_that_is_refused_for_what_it_is_is_not_offered_to_be_tried_again()
    {
        await OpenAsync();
        await DoAsync("t.enter(); t.drop('a.pdf', 'b.pdf')");
        await SeeAsync("t.uploads.length === 2");

        await DoAsync("t.fail(0, 422, 'This is a program.'); t.fail(1, 503, 'Busy.')");

        await SeeAsync("t.files()[0].querySelector('[data-again]').hidden && !t.files()[1].querySelector('[data-again]').hidden");
        await SeeAsync("t.files()[0].querySelector('[data-status]').textContent === 'This is a program.'");
        await DoAsync("t.files()[1].querySelector('[data-remove]').click(); t.root.querySelector('[data-send]').click()");
        await SeeAsync("t.trouble() === 'a.pdf was not sent. Remove it, then send.'");
        await DoAsync("t.files()[0].querySelector('[data-remove]').click()");
        await SeeAsync("t.trouble() === '' && t.files().length === 0");
    }

    private const string Microphone = """
        const real = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
        navigator.mediaDevices.getUserMedia = async wish => {
          await new Promise(resolve => t.allow = resolve);
          const stream = await real(wish);
          t.track = stream.getAudioTracks()[0];
          return stream;
        };
        window.MediaRecorder = class extends MediaRecorder {
          constructor(...how) {
            super(...how);
            this.addEventListener("dataavailable", event => t.heard = (t.heard ?? 0) + event.data.size);
          }
        };
        """;

    private async Task OpenAsync()
    {
        var browser = await NewBrowserAsync();
        await browser.GrantPermissionsAsync(["microphone"]);
        _page = (await NewTabAsync(browser, "script")).Page;
        await _page.Clock.InstallAsync();
        await _page.GotoAsync("/sign-in");
        await _page.EvaluateAsync(Stage);
    }

    private Task DoAsync(string script) => _page.EvaluateAsync($"async () => {{ {script} }}");

    private Task SeeAsync(string isSo) => Eventually.BeAsync(() => _page.EvaluateAsync<bool>($"() => Boolean({isSo})"));
}
