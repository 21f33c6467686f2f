namespace Weflux.Web.Inbox;

/// <summary>How WhatsApp draws a piece of a text.</summary>
[Flags]
public enum TextStyle
{
    None = 0,
    Bold = 1,
    Italic = 2,
    Struck = 4,
    Mono = 8,
}

/// <summary>
/// Where a text has WhatsApp's marks: *bold*, _italic_, ~struck~, `monospace` and ```monospace```. A mark counts at the edge
/// of a word and within one line, as on the phone; those inside links and numbers are part of them. The stored text keeps them.
/// </summary>
internal sealed class TextMarks
{
    private const string Fence = "```";
    private static readonly (char Mark, TextStyle Style)[] Marks = [('`', TextStyle.Mono), ('*', TextStyle.Bold), ('_', TextStyle.Italic), ('~', TextStyle.Struck)];
    private readonly string _text;
    private readonly TextStyle[] _styles;
    private readonly bool[] _isHidden;
    private readonly bool[] _isTaken;

    private TextMarks(string text)
    {
        _text = text;
        _styles = new TextStyle[text.Length];
        _isHidden = new bool[text.Length];
        _isTaken = new bool[text.Length];
    }

    /// <returns>Null if there are none.</returns>
    public static TextMarks? Read(string text, IReadOnlyList<TextPart> parts)
    {
        if (text.AsSpan().IndexOfAny("*_~`") < 0)
        {
            return null;
        }

        var marks = new TextMarks(text);
        var at = 0;
        foreach (var part in parts)
        {
            if (part.Address is not null || part.IsNumber)
            {
                marks._isTaken.AsSpan(at, part.Text.Length).Fill(true);
            }

            at += part.Text.Length;
        }

        marks.ReadFences();
        foreach (var (mark, style) in Marks)
        {
            marks.ReadPairs(mark, style);
        }

        return marks._isHidden.Contains(true) ? marks : null;
    }

    public TextStyle StyleAt(int at) => _styles[at];

    /// <summary>The words of a stretch, in pieces of one style each, without the marks.</summary>
    public IEnumerable<TextPart> Cut(int from, int length)
    {
        var end = from + length;
        while (from < end)
        {
            if (_isHidden[from])
            {
                from++;
                continue;
            }

            var to = from + 1;
            while (to < end && !_isHidden[to] && _styles[to] == _styles[from])
            {
                to++;
            }

            yield return new TextPart(_text[from..to], Address: null, Style: _styles[from]);
            from = to;
        }
    }

    private void ReadFences()
    {
        var from = 0;
        while (_text.IndexOf(Fence, from, StringComparison.Ordinal) is >= 0 and var open
            && _text.IndexOf(Fence, open + Fence.Length, StringComparison.Ordinal) is >= 0 and var close)
        {
            if (_text.AsSpan(open + Fence.Length, close - open - Fence.Length).Trim().Length > 0)
            {
                Set(open, Fence.Length, close, TextStyle.Mono);
                _isTaken.AsSpan(open, close + Fence.Length - open).Fill(true);
            }

            from = close + Fence.Length;
        }
    }

    private void ReadPairs(char mark, TextStyle style)
    {
        for (var i = 0; i < _text.Length; i++)
        {
            if (!IsOpening(i, mark))
            {
                continue;
            }

            var close = Closing(i, mark);
            if (close < 0)
            {
                // Nothing closes in the rest of this line, so nothing else can open in it.
                i = _text.IndexOf('\n', i) is >= 0 and var line ? line : _text.Length;
                continue;
            }

            Set(i, 1, close, style);
            if (style == TextStyle.Mono)
            {
                _isTaken.AsSpan(i, close + 1 - i).Fill(true);
            }

            i = close;
        }
    }

    private bool IsOpening(int i, char mark) =>
        _text[i] == mark && !_isTaken[i]
        && (i == 0 || (!char.IsLetterOrDigit(_text[i - 1]) && _text[i - 1] != mark))
        && i + 1 < _text.Length && !char.IsWhiteSpace(_text[i + 1]) && _text[i + 1] != mark;

    private int Closing(int open, char mark)
    {
        for (var i = open + 2; i < _text.Length && _text[i] != '\n'; i++)
        {
            if (_text[i] == mark && !_isTaken[i] && !char.IsWhiteSpace(_text[i - 1])
                && (i + 1 == _text.Length || (!char.IsLetterOrDigit(_text[i + 1]) && _text[i + 1] != mark)))
            {
                return i;
            }
        }

        return -1;
    }

    private void Set(int open, int width, int close, TextStyle style)
    {
        for (var i = open + width; i < close; i++)
        {
            _styles[i] |= style;
        }

        _isHidden.AsSpan(open, width).Fill(true);
        _isHidden.AsSpan(close, width).Fill(true);
    }
}
