using FlowStream.Broker.Topics;
using FlowStream.Broker.Transactions;
using FlowStream.Broker.Wire;

namespace FlowStream.Broker.Tests.Transactions;

public sealed class TransactionRulesTests
{
    private static readonly TopicPartition Partition = new("topic", 0);

    private long _nextProducerId = 100;

    [Fact]
    public void A_new_id_starts_with_a_new_producer_in_epoch_zero()
    {
        var state = Init(null);
        Assert.Equal((new ProducerIdentity(100, 0), TransactionState.Empty), (Identity(state), state.State));
    }

    [Fact]
    public void A_restarted_producer_gets_the_next_epoch_and_the_old_one_is_fenced()
    {
        var first = Init(null);
        var second = Init(first);
        Assert.Equal(new ProducerIdentity(100, 1), Identity(second));
        Assert.Equal(ErrorCode.ProducerFenced, TransactionRules.AddPartitions(second, Identity(first), [Partition], 0).Error);
        Assert.Equal(ErrorCode.ProducerFenced, TransactionRules.EndTransaction(second, Identity(first), true, 0).Error);
        Assert.Equal(ErrorCode.InvalidProducerIdMapping, TransactionRules.EndTransaction(second, new(7, 1), true, 0).Error);
        Assert.Equal(ErrorCode.InvalidProducerIdMapping, TransactionRules.EndTransaction(null, new(7, 1), true, 0).Error);
    }

    [Fact]
    public void A_producer_that_shows_its_epoch_gets_the_next_and_the_same_again_if_it_asks_twice()
    {
        var first = Init(null);
        var second = Init(first, Identity(first));
        Assert.Equal(1, second.ProducerEpoch);
        Assert.Equal(TransactionChange.Nothing, Change(second, Identity(first)));
        Assert.Equal(2, Init(second, Identity(second)).ProducerEpoch);
    }

    [Fact]
    public void A_lost_answer_is_not_repeated_once_the_new_epoch_was_used()
    {
        var first = Init(null);
        var ongoing = Begin(Init(first, Identity(first)));
        Assert.Equal(ErrorCode.ProducerFenced, Change(ongoing, Identity(first)).Error);
    }

    [Fact]
    public void A_producer_that_shows_an_epoch_it_lost_is_fenced()
    {
        var first = Init(null);
        var second = Init(first);
        Assert.Equal(ErrorCode.ProducerFenced, Change(second, Identity(first)).Error);
    }

    [Fact]
    public void Used_up_epochs_give_a_new_producer_id_and_a_repeated_request_the_same_one()
    {
        var last = Init(null) with { ProducerEpoch = TransactionMetadata.LastUsableEpoch };
        var renewed = Init(last, Identity(last));
        Assert.Equal(new ProducerIdentity(101, 0), Identity(renewed));
        Assert.Equal(TransactionChange.Nothing, Change(renewed, Identity(last)));
    }

    [Fact]
    public void Fencing_works_at_the_last_epoch_too()
    {
        var ongoing = Begin(Init(null) with { ProducerEpoch = TransactionMetadata.LastUsableEpoch });
        var fenced = TransactionRules.Fence(ongoing, 0);
        Assert.Equal(short.MaxValue, fenced.ProducerEpoch);
        var renewed = TransactionRules.Renew(TransactionRules.Complete(fenced, 0), ProducerIdentity.None, 1000, 0, () => ++_nextProducerId);
        Assert.Equal(0, renewed.ProducerEpoch);
        Assert.NotEqual(ongoing.ProducerId, renewed.ProducerId);
    }

    [Fact]
    public void An_open_transaction_is_aborted_under_a_newer_epoch_before_its_id_is_given_away()
    {
        var ongoing = Begin(Init(null));
        var abort = Init(ongoing);
        Assert.Equal((TransactionState.PrepareAbort, 1), (abort.State, abort.ProducerEpoch));
        Assert.Equal(ErrorCode.ConcurrentTransactions, Change(abort, ProducerIdentity.None).Error);
    }

    [Fact]
    public void Adding_what_is_there_already_changes_nothing()
    {
        var ongoing = Begin(Init(null));
        Assert.Equal(TransactionChange.Nothing, TransactionRules.AddPartitions(ongoing, Identity(ongoing), [Partition], 5));
        var more = TransactionRules.AddPartitions(ongoing, Identity(ongoing), [Partition with { Partition = 1 }], 5).Next!;
        Assert.Equal((2, ongoing.StartTimestamp), (more.Partitions.Count, more.StartTimestamp));
    }

    [Theory]
    [InlineData(TransactionState.Empty, true, ErrorCode.InvalidTxnState)]
    [InlineData(TransactionState.Empty, false, ErrorCode.InvalidTxnState)]
    [InlineData(TransactionState.PrepareCommit, true, ErrorCode.ConcurrentTransactions)]
    [InlineData(TransactionState.PrepareCommit, false, ErrorCode.InvalidTxnState)]
    [InlineData(TransactionState.PrepareAbort, false, ErrorCode.ConcurrentTransactions)]
    [InlineData(TransactionState.PrepareAbort, true, ErrorCode.InvalidTxnState)]
    [InlineData(TransactionState.CompleteCommit, true, ErrorCode.None)]
    [InlineData(TransactionState.CompleteCommit, false, ErrorCode.InvalidTxnState)]
    [InlineData(TransactionState.CompleteAbort, false, ErrorCode.None)]
    [InlineData(TransactionState.CompleteAbort, true, ErrorCode.InvalidTxnState)]
    internal void Ending_what_is_not_ongoing_is_a_repetition_or_an_error(TransactionState state, bool commit, ErrorCode expected)
    {
        var current = Init(null) with { State = state };
        Assert.Equal(TransactionChange.Refuse(expected), TransactionRules.EndTransaction(current, Identity(current), commit, 0));
    }

    [Fact]
    public void Offsets_need_a_transaction_that_has_the_offsets_topic()
    {
        var offsets = new TopicPartition(TopicName.ConsumerOffsets, 0);
        var ongoing = Begin(Init(null));
        Assert.Equal(ErrorCode.InvalidTxnState, TransactionRules.CheckOffsets(ongoing, Identity(ongoing), offsets));
        var with = TransactionRules.AddPartitions(ongoing, Identity(ongoing), [offsets], 0).Next!;
        Assert.Equal(ErrorCode.None, TransactionRules.CheckOffsets(with, Identity(with), offsets));
        var fenced = TransactionRules.Fence(with, 0);
        Assert.Equal(ErrorCode.InvalidTxnState, TransactionRules.CheckOffsets(fenced, Identity(fenced), offsets));
    }

    [Fact]
    public void A_transaction_has_exactly_its_timeout()
    {
        var ongoing = Begin(Init(null), now: 5000);
        Assert.False(TransactionRules.IsTimedOut(ongoing, 6000));
        Assert.True(TransactionRules.IsTimedOut(ongoing, 6001));
        Assert.False(TransactionRules.IsExpired(ongoing, 0, long.MaxValue));
    }

    [Fact]
    public void A_deleted_topic_leaves_the_transaction()
    {
        var ongoing = Begin(Init(null));
        Assert.Null(TransactionRules.WithoutTopic(ongoing, "other"));
        Assert.Empty(TransactionRules.WithoutTopic(ongoing, "topic")!.Partitions);
    }

    private static ProducerIdentity Identity(TransactionMetadata metadata) => new(metadata.ProducerId, metadata.ProducerEpoch);

    private static TransactionMetadata Begin(TransactionMetadata metadata, long now = 0) =>
        TransactionRules.AddPartitions(metadata, Identity(metadata), [Partition], now).Next!;

    private TransactionChange Change(TransactionMetadata? current, ProducerIdentity shown) =>
        TransactionRules.InitProducerId("id", current, shown, timeoutMs: 1000, now: 0, () => _nextProducerId++);

    private TransactionMetadata Init(TransactionMetadata? current, ProducerIdentity? shown = null)
    {
        var change = Change(current, shown ?? ProducerIdentity.None);
        Assert.Equal(ErrorCode.None, change.Error);
        return change.Next!;
    }
}
