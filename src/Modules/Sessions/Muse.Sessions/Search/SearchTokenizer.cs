using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Microsoft.Data.Sqlite;

namespace Muse.Sessions.Search;

/// <summary>
/// Makes <see cref="SearchTokens"/> known to SQLite's full-text search, under the name <c>muse</c>. It belongs to a
/// connection: a table that names it can only be used through one that knows it.
/// </summary>
internal static unsafe partial class SearchTokenizer
{
    private const int Ok = 0;
    private const int Row = 100;
    private const int Error = 1;

    /// <summary>SQLite's flags: the text is a query; the token stands where the one before it stands.</summary>
    private const int IsQuery = 1;
    private const int IsBeside = 1;

    /// <exception cref="SqliteException">This SQLite has no full-text search.</exception>
    public static void Register(SqliteConnection connection)
    {
        var handle = connection.Handle ?? throw new InvalidOperationException("The connection is not open.");
        var database = handle.DangerousGetHandle();
        FullTextApi* api = null;
        Check(sqlite3_prepare_v2(database, "SELECT fts5(?1)", -1, out var statement, 0));
        try
        {
            // SQLite compares the type when the statement runs: its text must stay, as a literal's bytes do.
            fixed (byte* type = "fts5_api_ptr\0"u8)
            {
                Check(sqlite3_bind_pointer(statement, 1, (nint)(&api), (nint)type, 0));
            }

            if (sqlite3_step(statement) != Row || api is null)
            {
                throw new SqliteException("SQLite was built without full-text search.", Error);
            }
        }
        finally
        {
            _ = sqlite3_finalize(statement);
        }

        var tokenizer = new Tokenizer { Create = &Create, Delete = &Delete, Tokenize = &Tokenize };
        fixed (byte* name = "muse\0"u8)
        {
            Check(api->CreateTokenizer(api, name, null, &tokenizer, null));
        }

        GC.KeepAlive(handle);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Create(void* context, byte** arguments, int count, void** made)
    {
        *made = (void*)1; // it has no state; null would mean that none was made
        return Ok;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void Delete(void* tokenizer)
    {
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Tokenize(
        void* tokenizer, void* context, int flags, byte* text, int length, delegate* unmanaged[Cdecl]<void*, int, byte*, int, int, int, int> token)
    {
        try
        {
            var sink = new NativeSink(context, token);
            SearchTokens.Read(new ReadOnlySpan<byte>(text, length), (flags & IsQuery) != 0, ref sink);
            return sink.Code;
        }
        catch (Exception)
        {
            // Nothing may be thrown through SQLite: the statement fails with its general error.
            return Error;
        }
    }

    private static void Check(int code)
    {
        if (code != Ok)
        {
            throw new SqliteException("The tokenizer of the search cannot be registered.", code);
        }
    }

    [LibraryImport("e_sqlite3", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int sqlite3_prepare_v2(nint database, string sql, int length, out nint statement, nint tail);

    [LibraryImport("e_sqlite3")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int sqlite3_bind_pointer(nint statement, int index, nint pointer, nint type, nint destructor);

    [LibraryImport("e_sqlite3")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int sqlite3_step(nint statement);

    [LibraryImport("e_sqlite3")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int sqlite3_finalize(nint statement);

    private struct NativeSink(void* context, delegate* unmanaged[Cdecl]<void*, int, byte*, int, int, int, int> token) : ITokenSink
    {
        public int Code { get; private set; }

        public bool Take(ReadOnlySpan<byte> folded, int start, int end, bool beside)
        {
            fixed (byte* bytes = folded)
            {
                Code = token(context, beside ? IsBeside : 0, bytes, folded.Length, start, end);
            }

            return Code == Ok;
        }
    }

    /// <summary>The head of <c>fts5_api</c>.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct FullTextApi
    {
        public int Version;
        public delegate* unmanaged[Cdecl]<FullTextApi*, byte*, void*, Tokenizer*, void*, int> CreateTokenizer;
    }

    /// <summary><c>fts5_tokenizer</c>.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct Tokenizer
    {
        public delegate* unmanaged[Cdecl]<void*, byte**, int, void**, int> Create;
        public delegate* unmanaged[Cdecl]<void*, void> Delete;
        public delegate* unmanaged[Cdecl]<
            void*, void*, int, byte*, int, delegate* unmanaged[Cdecl]<void*, int, byte*, int, int, int, int>, int> Tokenize;
    }
}
