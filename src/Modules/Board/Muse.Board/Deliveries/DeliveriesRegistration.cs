using Microsoft.Extensions.DependencyInjection;

namespace Muse.Board.Deliveries;

/// <summary>What types into panes.</summary>
internal static class DeliveriesRegistration
{
    public static IServiceCollection AddDeliveries(this IServiceCollection services)
    {
        services.AddSingleton<DeliveryStore>();
        services.AddSingleton<DeliveryDesk>();
        services.AddSingleton<PaneTyping>();
        services.AddSingleton<DialogAnswer>();
        services.AddSingleton<DeliveryJudge>();
        services.AddSingleton<IPromptRecords, PromptRecords>();
        services.AddSingleton<DeliveryWorker>();
        services.AddHostedService(provider => provider.GetRequiredService<DeliveryWorker>());
        return services;
    }
}
