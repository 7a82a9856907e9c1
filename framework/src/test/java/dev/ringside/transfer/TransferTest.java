// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.transfer;

import static dev.ringside.transfer.Bench.message;
import static dev.ringside.transfer.Bench.startOf;
import static dev.ringside.transfer.Media.CHASSIS_INTERCONNECT;
import static dev.ringside.transfer.Media.LOCAL_MEMORY;
import static dev.ringside.transfer.Media.STANDARD_NETWORK;
import static dev.ringside.transfer.Protocol.LOOPBACK;
import static dev.ringside.transfer.Protocol.RDMA;
import static dev.ringside.transfer.Protocol.TCP_IP;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ringside.packet.Endpoint;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a transfer uses, crosses, counts and says, wherever its ends are. */
class TransferTest {

  private static final TransferConfig USUAL = TransferConfig.DEFAULT;

  private final Bench bench = new Bench();

  private Transfer send(byte[] message) {
    return bench.transfers.start(bench.a, bench.b, message);
  }

  private static List<String> stretches(Transfer transfer) {
    return transfer.hops().stream()
        .flatMap(hop -> hop.stretches().stream())
        .map(Stretch::toString)
        .toList();
  }

  // ---- placements ----

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 1_500, 65_535, 65_536, 65_537, 1_000_000})
  void on_one_blade_the_message_is_handed_over_as_a_whole(int bytes) {
    Transfer transfer = send(message(bytes));

    assertThat(transfer.isDelivered()).isTrue();
    assertThat(transfer.received()).isEqualTo(message(bytes));
    assertThat(transfer.protocols()).containsExactly(LOOPBACK);
    assertThat(transfer.media()).containsExactly(LOCAL_MEMORY);
    assertThat(transfer.units()).isEqualTo(bytes == 0 ? 0 : 1);
    assertThat(transfer.acknowledgedBytes()).isEqualTo(bytes);
    assertThat(bench.frames).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "1, 1", "65535, 1", "65536, 1", "65537, 2", "1000000, 16"})
  void on_two_blades_of_a_chassis_it_goes_in_chunks(int bytes, int units) {
    bench.move(bench.b, "c1/b2");

    Transfer transfer = send(message(bytes));

    assertThat(transfer.isDelivered()).isTrue();
    assertThat(transfer.received()).isEqualTo(message(bytes));
    assertThat(transfer.protocols()).containsExactly(RDMA);
    assertThat(transfer.media()).containsExactly(CHASSIS_INTERCONNECT);
    assertThat(transfer.units()).isEqualTo(units);
    assertThat(bench.frames).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "1, 1", "1459, 1", "1460, 1", "1461, 2", "1500, 2", "100000, 69"})
  void in_two_chassis_it_goes_in_segments(int bytes, int units) {
    bench.move(bench.b, "c2/b1");

    Transfer transfer = send(message(bytes));
    assertThat(transfer.isOpen()).isTrue();
    bench.advance(Duration.ofMillis(100));

    assertThat(transfer.isDelivered()).isTrue();
    assertThat(transfer.received()).isEqualTo(message(bytes));
    assertThat(transfer.protocols()).containsExactly(TCP_IP);
    assertThat(transfer.media()).containsExactly(CHASSIS_INTERCONNECT, STANDARD_NETWORK);
    assertThat(transfer.units()).isEqualTo(units).isEqualTo(bench.dataFrames());
    bench.runToEnd();
    assertThat(bench.a.received()).isEmpty();
    assertThat(bench.b.received()).isEmpty();
  }

  @Test
  void a_relay_takes_chunks_in_and_sends_segments_out() {
    bench.move(bench.b, "c1/b2");
    bench.move(bench.c, "c2/b1");

    Transfer transfer = bench.start(message(200_000), USUAL, bench.a, bench.b, bench.c);
    bench.advance(Duration.ofMillis(100));

    assertThat(transfer.isDelivered()).isTrue();
    assertThat(transfer.received()).isEqualTo(message(200_000));
    assertThat(stretches(transfer))
        .containsExactly(
            "RDMA over [CHASSIS_INTERCONNECT] from byte 0: 4 units",
            "TCP_IP over [CHASSIS_INTERCONNECT, STANDARD_NETWORK] from byte 0: 137 units");
  }

  @Test
  void a_relay_takes_segments_in_and_hands_the_whole_over() {
    bench.move(bench.a, "c2/b1");

    Transfer transfer = bench.start(message(200_000), USUAL, bench.a, bench.b, bench.c);
    bench.advance(Duration.ofMillis(100));

    assertThat(transfer.received()).isEqualTo(message(200_000));
    assertThat(stretches(transfer))
        .containsExactly(
            "TCP_IP over [CHASSIS_INTERCONNECT, STANDARD_NETWORK] from byte 0: 137 units",
            "LOOPBACK over [LOCAL_MEMORY] from byte 0: 1 unit");
  }

  @Test
  void one_protocol_for_the_whole_path_is_that_of_all_its_media() {
    bench.move(bench.b, "c1/b2");
    bench.move(bench.c, "c2/b1");

    Transfer transfer =
        bench.start(message(5_000), USUAL.withOneProtocol(), bench.a, bench.b, bench.c);
    bench.advance(Duration.ofMillis(100));

    assertThat(transfer.received()).isEqualTo(message(5_000));
    assertThat(transfer.protocols()).containsExactly(TCP_IP);
  }

  @Test
  void ipv6_carries_it_too() {
    bench.move(bench.b, "c2/b1");

    Transfer transfer = bench.start(message(5_000), USUAL.withIpVersion(6), bench.a, bench.b);
    bench.advance(Duration.ofMillis(100));

    assertThat(transfer.received()).isEqualTo(message(5_000));
    assertThat(bench.frames).isNotEmpty().allMatch(frame -> frame.ipVersion() == 6);
    assertThat(transfer.units()).isEqualTo(4);
  }

  @Test
  void the_journal_tells_what_was_chosen() {
    bench.move(bench.b, "c1/b2");
    Transfer transfer = send(message(10));

    assertThat(bench.journal())
        .containsExactly(
            "a: transfer started a>b, 10 bytes",
            "a: protocol chosen a>b, RDMA, [CHASSIS_INTERCONNECT]",
            "a: transfer delivered a>b, 10 bytes");
    assertThat(transfer)
        .hasToString(
            "transfer a>b of 10 bytes: DELIVERED, [a>b: 10 of 10 bytes, [RDMA over"
                + " [CHASSIS_INTERCONNECT] from byte 0: 1 unit]]");
  }

  // ---- policies ----

  @Test
  void the_users_own_policy_is_asked() {
    Transfer transfer =
        bench.start(message(5_000), USUAL.withPolicy(media -> RDMA), bench.a, bench.b);

    assertThat(transfer.protocols()).containsExactly(RDMA);
    assertThat(transfer.failure())
        .isEqualTo(null); // the interconnect's adapter also reaches its own blade
  }

  @Test
  void a_policy_that_chooses_what_does_not_get_there_fails_the_transfer() {
    bench.move(bench.b, "c2/b1");

    Transfer transfer =
        bench.start(message(5_000), USUAL.withPolicy(media -> RDMA), bench.a, bench.b);

    assertThat(transfer.state()).isEqualTo(Transfer.State.FAILED);
    assertThat(transfer.failure())
        .isEqualTo(
            "a>b: the policy chose RDMA, which does not get over [CHASSIS_INTERCONNECT,"
                + " STANDARD_NETWORK]; 0 of 5000 bytes were acknowledged");
  }

  @Test
  void the_table_can_be_overridden_entry_by_entry() {
    ProtocolPolicy policy =
        ProtocolPolicy.byMedia().with(Set.of(CHASSIS_INTERCONNECT), Protocol.TCP_IP);

    assertThat(policy.choose(Set.of(CHASSIS_INTERCONNECT))).isEqualTo(TCP_IP);
    assertThat(policy.choose(Set.of(LOCAL_MEMORY))).isEqualTo(LOOPBACK);
    assertThat(ProtocolPolicy.byMedia()).hasToString("by media");
  }

  // ---- moves ----

  @Test
  void a_move_in_mid_transfer_goes_on_at_the_first_unacknowledged_byte() {
    bench.move(bench.b, "c1/b2");
    Transfer transfer = bench.start(message(500_000), USUAL.withUnits(3), bench.a, bench.b);
    assertThat(transfer.acknowledgedBytes()).isEqualTo(3 * 65_536);

    bench.move(bench.b, "c1/b1");
    transfer.allow(1);

    assertThat(transfer.isDelivered()).isTrue();
    assertThat(transfer.received()).isEqualTo(message(500_000));
    assertThat(stretches(transfer))
        .containsExactly(
            "RDMA over [CHASSIS_INTERCONNECT] from byte 0: 3 units",
            "LOOPBACK over [LOCAL_MEMORY] from byte 196608: 1 unit");
  }

  @Test
  void segments_in_flight_are_acknowledged_before_another_protocol_takes_over() {
    bench.move(bench.b, "c2/b1");
    Transfer transfer = send(message(500_000));
    bench.advance(Duration.ofNanos(450_000)); // segments are on their way

    bench.move(bench.b, "c1/b2");
    int acknowledged = transfer.acknowledgedBytes();
    bench.advance(Duration.ofMillis(1));

    assertThat(transfer.received()).isEqualTo(message(500_000));
    Stretch second = transfer.hops().get(0).stretches().get(1);
    assertThat(second.protocol()).isEqualTo(RDMA);
    assertThat(second.from()).isGreaterThan(acknowledged);
    assertThat((long) second.from()).isEqualTo(bench.dataFrames() * 1_460);
    bench.runToEnd();
  }

  @Test
  void what_cannot_be_acknowledged_any_more_is_sent_again_without_being_taken_twice() {
    bench.move(bench.b, "c2/b1");
    Transfer transfer = send(message(100_000));
    bench.advance(Duration.ofNanos(650_000));
    bench.lost = frame -> frame.sourceMac().equals(bench.b.mac()); // no acknowledgement comes back
    bench.advance(Duration.ofMillis(1));
    assertThat(transfer.hops().get(0).receivedBytes()).isGreaterThan(transfer.acknowledgedBytes());

    bench.move(bench.b, "c1/b2");
    bench.advance(Duration.ofSeconds(2));

    assertThat(transfer.received()).isEqualTo(message(100_000));
    assertThat(transfer.protocols()).containsExactly(RDMA, TCP_IP);
    bench.runToEnd();
  }

  @Test
  void a_change_that_changes_nothing_for_the_path_leaves_it_alone() {
    bench.move(bench.b, "c1/b2");
    Transfer transfer = bench.start(message(500_000), USUAL.withUnits(2), bench.a, bench.b);

    bench.move(bench.c, "c9/b9");
    transfer.allow(Long.MAX_VALUE);

    assertThat(transfer.isDelivered()).isTrue();
    assertThat(transfer.hops().get(0).stretches()).hasSize(1);
  }

  @Test
  void other_media_for_the_same_protocol_are_noted() {
    bench.move(bench.b, "c2/b1");
    Transfer transfer = bench.start(message(5_000), USUAL.withUnits(2), bench.a, bench.b);
    bench.advance(Duration.ofMillis(1));

    bench.setInterconnect(false);
    transfer.allow(9);
    bench.advance(Duration.ofMillis(1));

    assertThat(stretches(transfer))
        .containsExactly(
            "TCP_IP over [CHASSIS_INTERCONNECT, STANDARD_NETWORK] from byte 0: 2 units",
            "TCP_IP over [STANDARD_NETWORK] from byte 2920: 2 units");
  }

  // ---- faults ----

  @Test
  void when_the_interconnect_fails_the_network_takes_over() {
    bench.move(bench.b, "c1/b2");
    Transfer transfer = bench.start(message(200_000), USUAL.withUnits(1), bench.a, bench.b);

    bench.setInterconnect(false);
    transfer.allow(Long.MAX_VALUE);
    bench.advance(Duration.ofMillis(50));

    assertThat(transfer.received()).isEqualTo(message(200_000));
    assertThat(stretches(transfer))
        .containsExactly(
            "RDMA over [CHASSIS_INTERCONNECT] from byte 0: 1 unit",
            "TCP_IP over [STANDARD_NETWORK] from byte 65536: 93 units");
  }

  @Test
  void when_there_is_no_way_left_the_sender_is_told_how_far_it_came() {
    bench.move(bench.b, "c1/b2");
    Transfer transfer = bench.start(message(200_000), USUAL.withUnits(2), bench.a, bench.b);

    bench.setNetwork(false);
    bench.setInterconnect(false);

    assertThat(transfer.state()).isEqualTo(Transfer.State.FAILED);
    assertThat(transfer.failure())
        .isEqualTo("a>b: no way from a to b; 131072 of 200000 bytes were acknowledged");
    assertThat(transfer.received()).isEqualTo(startOf(message(200_000), 131_072));
    assertThat(bench.transfers.open()).isEmpty();
  }

  @Test
  void tables_that_are_behind_are_noticed_by_the_chunk_that_finds_nobody() {
    bench.move(bench.b, "c1/b2");
    Transfer transfer = bench.start(message(200_000), USUAL.withUnits(1), bench.a, bench.b);

    bench.moveUntold(bench.b, CHASSIS_INTERCONNECT);
    transfer.allow(Long.MAX_VALUE);
    bench.advance(Duration.ofMillis(50));

    assertThat(transfer.received()).isEqualTo(message(200_000));
    assertThat(stretches(transfer))
        .containsExactly(
            "RDMA over [CHASSIS_INTERCONNECT] from byte 0: 4 units",
            "TCP_IP over [CHASSIS_INTERCONNECT] from byte 65536: 93 units (RDMA: b is not where"
                + " the tables say)");
    assertThat(bench.transfers.receiveQueue(bench.b).outstanding()).isZero();
    assertThat(bench.transfers.receiveQueue(bench.b).credits()).isEqualTo(16);
  }

  @Test
  void a_receiver_that_closes_fails_the_rest() {
    bench.move(bench.b, "c2/b1");
    Transfer transfer = bench.start(message(20_000), USUAL.withUnits(4), bench.a, bench.b);
    bench.advance(Duration.ofMillis(1));

    bench.transfers.receiveQueue(bench.b).close();

    assertThat(transfer.failure())
        .isEqualTo("a>b: b takes no transfers; 5840 of 20000 bytes were acknowledged");
    assertThat(transfer.received()).isEqualTo(startOf(message(20_000), 5_840));
    bench.runToEnd();
  }

  @ParameterizedTest
  @CsvSource({
    "c1/b1, b takes no transfers",
    "c1/b2, b takes no transfers",
    "c2/b1, connection refused by b"
  })
  void a_receiver_that_is_closed_refuses(String blade, String why) {
    bench.move(bench.b, blade);
    bench.transfers.receiveQueue(bench.b).close();

    Transfer transfer = send(message(10));
    bench.advance(Duration.ofMillis(1));
    assertThat(transfer.failure()).isEqualTo("a>b: " + why + "; 0 of 10 bytes were acknowledged");

    bench.transfers.receiveQueue(bench.b).open();
    Transfer another = send(message(10));
    bench.advance(Duration.ofMillis(1));
    assertThat(another.isDelivered()).isTrue();
  }

  @Test
  void losses_of_the_network_are_made_good() {
    bench.move(bench.b, "c2/b1");
    int[] count = new int[1];
    bench.lost = frame -> ++count[0] % 7 == 0;

    Transfer transfer = send(message(300_000));
    bench.runToEnd();

    assertThat(transfer.received()).isEqualTo(message(300_000));
    Stretch only = transfer.hops().get(0).stretches().get(0);
    assertThat(only.units()).isEqualTo(206);
    assertThat(only.unitsAgain()).isPositive();
    assertThat(only.toString()).endsWith("206 units, " + only.unitsAgain() + " sent again");
  }

  @Test
  void a_peer_that_never_answers_fails_the_transfer() {
    bench.move(bench.b, "c2/b1");
    bench.lost = frame -> true;

    Transfer transfer = send(message(10));
    bench.runToEnd();

    assertThat(transfer.failure())
        .isEqualTo("a>b: no answer from b to 9 attempts; 0 of 10 bytes were acknowledged");
  }

  @Test
  void a_test_may_give_up() {
    bench.move(bench.b, "c2/b1");
    Transfer transfer = send(message(100_000));

    transfer.cancel();
    transfer.cancel();
    bench.runToEnd();

    assertThat(transfer.failure())
        .isEqualTo("a>b: cancelled by the test; 0 of 100000 bytes were acknowledged");
  }

  // ---- refusals ----

  @Test
  void nodes_that_are_nothing_but_addresses_cannot_send() {
    Endpoint far = Endpoint.of("far", "02:00:5e:10:00:99", "203.0.113.1", "2001:db8:1::1");

    assertThatThrownBy(() -> bench.transfers.start(far, bench.b, message(1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "cannot send from 'far', which is nothing but addresses; say a virtual machine or"
                + " lab.wire()");
  }

  @Test
  void a_path_has_two_nodes_and_none_follows_itself() {
    assertThatThrownBy(() -> VirtualNetworkPath.of(bench.a))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a path of 1 nodes leads nowhere; say two or more");
    assertThatThrownBy(() -> VirtualNetworkPath.of(bench.a, bench.a))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a path from 'a' to itself; leave one of them out");
    assertThat(VirtualNetworkPath.of(bench.a, bench.b, bench.a)).hasToString("a>b>a");
  }

  @Test
  void numbers_out_of_range_are_refused() {
    assertThatThrownBy(() -> USUAL.withUnits(-1))
        .hasMessage("credit timeout PT1S and units -1 must not be negative");
    assertThatThrownBy(() -> USUAL.withIpVersion(5)).hasMessage("IP version 5 is not 4 or 6");
    assertThatThrownBy(() -> USUAL.withWindow(65_536))
        .hasMessage("window 65536 is not in 0 to 65535");
    assertThatThrownBy(() -> USUAL.withAttempts(31)).hasMessage("attempts 31 is not in 0 to 30");
    assertThatThrownBy(() -> send(message(1)).allow(-1))
        .hasMessage("cannot allow -1 units: say 0 or more");
  }
}
