using System.Text;
using Weflux.Domain.Sending;

namespace Weflux.Web.Media.Reading;

/// <summary>Plain text, and what looks like it and runs when it is opened.</summary>
internal static class Texts
{
    private const int Chunk = 64 * 1024;
    private const int Beginning = 4096;

    private static readonly string[] PageMarks = ["<!doctype html", "<html", "<script", "<body", "<iframe", "<?php"];

    public static FileReport? Read(FileBytes file)
    {
        if (!IsText(file.Whole))
        {
            return null;
        }

        var beginning = Encoding.UTF8.GetString(file.Head, 0, Math.Min(file.Head.Length, Beginning)).ToLowerInvariant();
        var type = beginning.Contains("<svg", StringComparison.Ordinal) ? FileProbe.Svg
            : Array.Exists(PageMarks, mark => beginning.Contains(mark, StringComparison.Ordinal)) ? FileProbe.Html
            : "text/plain";
        return new FileReport(new MediaFacts(type, file.Length), IsRisky: type != "text/plain");
    }

    /// <summary>Whether the whole file is UTF-8 with no other controls than those of lines and tabs.</summary>
    private static bool IsText(Stream file)
    {
        var decoder = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true).GetDecoder();
        var bytes = new byte[Chunk];
        var characters = new char[Chunk + 1];
        try
        {
            for (var read = file.Read(bytes); read > 0; read = file.Read(bytes))
            {
                var count = decoder.GetChars(bytes, 0, read, characters, 0, flush: false);
                if (Array.Exists(characters[..count], c => char.IsControl(c) && c is not ('\n' or '\r' or '\t' or '\f')))
                {
                    return false;
                }
            }

            decoder.GetChars([], 0, 0, characters, 0, flush: true);
            return true;
        }
        catch (DecoderFallbackException)
        {
            return false;
        }
    }
}
