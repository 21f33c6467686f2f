using MudBlazor;

namespace Weflux.Web.App;

/// <summary>The design tokens of <c>app.css</c> for the components of MudBlazor. Change both together.</summary>
internal static class WefluxTheme
{
    private static readonly string[] Fonts = ["system-ui", "-apple-system", "Segoe UI", "Roboto", "Helvetica Neue", "Noto Sans", "Arial", "sans-serif"];

    public static MudTheme Theme { get; } = new()
    {
        PaletteLight = new PaletteLight
        {
            Primary = "#0b7a63",
            Secondary = "#3d5a80",
            Background = "#f4f6f5",
            Surface = "#ffffff",
            TextPrimary = "#17211e",
            TextSecondary = "#55635e",
            ActionDefault = "#55635e",
            LinesDefault = "#dde4e1",
            LinesInputs = "#9fada8",
            Divider = "#dde4e1",
            Success = "#0b7a63",
            Warning = "#9a5b00",
            Error = "#b3261e",
            AppbarBackground = "#ffffff",
            AppbarText = "#17211e",
        },
        PaletteDark = new PaletteDark
        {
            Primary = "#3fc3a3",
            PrimaryContrastText = "#06231c",
            Secondary = "#8fb2dd",
            Background = "#0f1513",
            Surface = "#18201d",
            TextPrimary = "#e7eeeb",
            TextSecondary = "#a3b1ac",
            ActionDefault = "#a3b1ac",
            LinesDefault = "#2b3632",
            LinesInputs = "#5d6c66",
            Divider = "#2b3632",
            Success = "#3fc3a3",
            Warning = "#f0b357",
            Error = "#ff8a80",
            AppbarBackground = "#18201d",
            AppbarText = "#e7eeeb",
        },
        Typography = new Typography { Default = new DefaultTypography { FontFamily = Fonts } },
        LayoutProperties = new LayoutProperties { DefaultBorderRadius = "8px" },
    };
}
