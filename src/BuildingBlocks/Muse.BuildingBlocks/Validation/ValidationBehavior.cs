using FluentValidation;
using MediatR;
using Muse.BuildingBlocks.Results;

namespace Muse.BuildingBlocks.Validation;

/// <summary>Runs every validator of a request before its handler. Attached by type, so no endpoint can forget it.</summary>
internal sealed class ValidationBehavior<TRequest, TResponse>(IEnumerable<IValidator<TRequest>> validators)
    : IPipelineBehavior<TRequest, TResponse>
    where TRequest : IRequest<TResponse>
    where TResponse : IResult<TResponse>
{
    public async Task<TResponse> Handle(TRequest request, CancellationToken cancellationToken, RequestHandlerDelegate<TResponse> next)
    {
        var errors = new Dictionary<string, List<string>>(StringComparer.Ordinal);
        foreach (var validator in validators)
        {
            var result = await validator.ValidateAsync(request, cancellationToken);
            foreach (var failure in result.Errors)
            {
                var name = char.ToLowerInvariant(failure.PropertyName[0]) + failure.PropertyName[1..];
                (errors.TryGetValue(name, out var messages) ? messages : errors[name] = []).Add(failure.ErrorMessage);
            }
        }

        return errors.Count == 0
            ? await next()
            : TResponse.Failed(new Problem(
                ProblemKind.Invalid,
                "invalid-parameter",
                string.Join(" ", errors.SelectMany(e => e.Value.Select(message => $"{e.Key}: {message}"))),
                errors.ToDictionary(e => e.Key, e => e.Value.ToArray(), StringComparer.Ordinal)));
    }
}
