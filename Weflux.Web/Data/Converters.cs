using Microsoft.EntityFrameworkCore.Storage.ValueConversion;
using Weflux.Domain.Team;

namespace Weflux.Web.Data;

internal sealed class WorkspaceIdConverter() : ValueConverter<WorkspaceId, long>(id => id.Value, value => new WorkspaceId(value));

internal sealed class UserIdConverter() : ValueConverter<UserId, long>(id => id.Value, value => new UserId(value));
