using FlowStream.Fuzz.Tests.Campaign;

if (FuzzOptions.Parse(args) is not { } options)
{
    Console.Error.WriteLine($"fuzz: {FuzzOptions.Usage}");
    return 2;
}
return new FuzzCampaign(options, Console.Out, TimeProvider.System).Run() == 0 ? 0 : 1;
