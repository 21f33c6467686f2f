namespace Weflux.Web.Data;

/// <summary>Where files live: <c>Weflux:DataDirectory</c>, else <c>data/</c> in the solution folder or beside the binary.</summary>
public sealed class DataDirectory
{
    public DataDirectory(IConfiguration configuration)
    {
        var configured = configuration["Weflux:DataDirectory"];
        Path = System.IO.Path.GetFullPath(
            string.IsNullOrWhiteSpace(configured) ? System.IO.Path.Combine(Home(), "data") : configured);
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(Path);
        }
        else
        {
            // Keys, database and files of customers are nobody else's business on this machine.
            Directory.CreateDirectory(Path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    public string Path { get; }

    public string File(string name) => System.IO.Path.Combine(Path, name);

    private static string Home()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (System.IO.File.Exists(System.IO.Path.Combine(folder.FullName, "Weflux.sln")))
            {
                return folder.FullName;
            }
        }

        return AppContext.BaseDirectory;
    }
}
