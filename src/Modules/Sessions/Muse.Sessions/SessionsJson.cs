using System.Text.Json.Serialization;
using Muse.Sessions.Features.GetOutline;
using Muse.Sessions.Features.GetSession;
using Muse.Sessions.Features.ListFacets;
using Muse.Sessions.Features.ListSessions;
using Muse.Sessions.Ingest;
using Muse.Sessions.Live;

namespace Muse.Sessions;

/// <summary>
/// How the answers that a visitor waits for first are written, made at build time: by reflection the first of each costs
/// tens of milliseconds. Other answers are found by reflection; the JSON is the same.
/// </summary>
[JsonSerializable(typeof(ListSessions.Response), TypeInfoPropertyName = "ListSessionsResponse")]
[JsonSerializable(typeof(ListFacets.Response), TypeInfoPropertyName = "ListFacetsResponse")]
[JsonSerializable(typeof(GetSession.Response), TypeInfoPropertyName = "GetSessionResponse")]
[JsonSerializable(typeof(GetOutline.Response), TypeInfoPropertyName = "GetOutlineResponse")]
[JsonSerializable(typeof(IngestProgress))]
[JsonSerializable(typeof(LiveMessages))]
internal sealed partial class SessionsJson : JsonSerializerContext;
