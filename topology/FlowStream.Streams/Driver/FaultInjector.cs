using FlowStream.Streams.Clients;

namespace FlowStream.Streams.Driver;

/// <summary>Asks the plan at every fault point of one simulated process and lets what it answers strike.</summary>
internal sealed class FaultInjector
{
    private readonly Func<FaultPoint, Fault>? _plan;

    public FaultInjector(Func<FaultPoint, Fault>? plan) => _plan = plan;

    /// <summary>Whether there is a plan; without one no fault point is asked.</summary>
    public bool IsActive => _plan is not null && !IsSuspended;

    /// <summary>No faults while set.</summary>
    public bool IsSuspended { get; set; }

    /// <summary>Set by a <see cref="Fault.Stall"/>; the driver acts on it between turns.</summary>
    public bool IsStallDue { get; set; }

    /// <summary>Throws what strikes here, or returns what the caller has to do itself.</summary>
    public Fault At(FaultPoint point)
    {
        var fault = _plan!(point);
        switch (fault)
        {
            case Fault.Crash:
                throw new SimulatedCrashException();
            case Fault.Indefinite:
                throw new KafkaClientException(ClientFailure.TransactionLost, $"Indefinite error at {point}.");
            case Fault.Retriable when point != FaultPoint.AfterCommit:
                throw new KafkaClientException(ClientFailure.Retriable, $"Retriable error at {point}.");
            case Fault.Stall:
                IsStallDue = true;
                return fault;
            default:
                return fault;
        }
    }
}
