// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.transfer;

import static dev.ringside.transfer.Bench.message;
import static dev.ringside.transfer.Media.CHASSIS_INTERCONNECT;
import static dev.ringside.transfer.Media.LOCAL_MEMORY;
import static dev.ringside.transfer.Media.STANDARD_NETWORK;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ringside.packet.Packet;
import dev.ringside.packet.Packets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What transfers are made of, and how they stand still with the machines at their ends. */
class TransferPartsTest {

  private final Bench bench = new Bench();

  // ---- protocols ----

  @ParameterizedTest
  @CsvSource({
    "LOOPBACK, 0, 200",
    "LOOPBACK, 1000000, 50200",
    "RDMA, 0, 2000",
    "RDMA, 10500, 3050",
    "TCP_IP, 1460, 51168",
    "TCP_IP, 999, 50799",
    "TCP_IP, 9223372036854775807, 7378697629483870645"
  })
  void a_protocol_costs_its_set_up_and_so_much_for_each_byte(
      Protocol protocol, long bytes, long nanos) {
    assertThat(protocol.modelledNanos(bytes)).isEqualTo(nanos);
  }

  @Test
  void a_protocol_carries_over_media_up_to_its_own() {
    assertThat(Protocol.RDMA.carriesOver(Set.of(LOCAL_MEMORY, CHASSIS_INTERCONNECT))).isTrue();
    assertThat(Protocol.RDMA.carriesOver(Set.of(CHASSIS_INTERCONNECT, STANDARD_NETWORK))).isFalse();
    assertThat(Protocol.LOOPBACK.carriesOver(Set.of(CHASSIS_INTERCONNECT))).isFalse();
    assertThat(Protocol.TCP_IP.carriesOver(Set.of(STANDARD_NETWORK))).isTrue();
    assertThat(Protocol.TCP_IP.carriesOver(Set.of())).isFalse();
  }

  // ---- stores ----

  @Test
  void a_store_takes_each_byte_once_whatever_comes_again() {
    byte[] bytes = message(100);
    Store all = Store.of(bytes);
    Store store = Store.empty(100);
    assertThat(store.copyOfFilled()).isEmpty();

    store.copy(all, 0, 40);
    store.copy(all, 20, 20);
    assertThat(store.filled()).isEqualTo(40);
    store.copy(Store.of(new byte[100]), 10, 40); // only what is new of it
    assertThat(store.filled()).isEqualTo(50);
    store.copy(all, 50, 50);

    byte[] expected = bytes.clone();
    Arrays.fill(expected, 40, 50, (byte) 0);
    assertThat(store.copyOfFilled()).isEqualTo(expected);
    assertThat(store.size()).isEqualTo(100);
  }

  @Test
  void a_store_that_takes_the_whole_has_a_copy_of_its_own() {
    byte[] bytes = message(10);
    Store store = Store.empty(10);

    store.copy(Store.of(bytes), 0, 10);
    bytes[3]++;

    assertThat(store.copyOfFilled()).isEqualTo(message(10));
  }

  @Test
  void a_store_takes_of_a_segment_what_is_not_there_yet() {
    Store store = Store.empty(20);
    store.copy(Store.of(message(20)), 0, 8);
    Packet segment =
        Packets.tcp().from(bench.a).to(bench.b).payload(new byte[] {9, 8, 7, 6, 5, 4}).toPacket();

    store.take(segment, 1, 5, 5); // bytes 5 to 9, of which three are there

    assertThat(Arrays.copyOf(store.bytes(), 8)).isEqualTo(Arrays.copyOf(message(20), 8));
    assertThat(Arrays.copyOfRange(store.bytes(), 8, 11)).containsExactly(5, 4, 0);
    assertThat(store.filled()).isEqualTo(8);
    assertThat(store.fillTo(8)).isFalse();
    assertThat(store.fillTo(10)).isTrue();
    assertThat(store.fillTo(9)).isFalse();
    assertThat(store.filled()).isEqualTo(10);
    store.take(segment, 0, 15, 5); // ahead of what is there
    assertThat(Arrays.copyOfRange(store.bytes(), 14, 20)).containsExactly(0, 9, 8, 7, 6, 5);
  }

  // ---- what a test sees ----

  @Test
  void a_transfer_tells_what_it_is() {
    bench.move(bench.b, "c1/b2");
    Transfer transfer = bench.start(message(70_000), TransferConfig.DEFAULT, bench.a, bench.b);

    assertThat(transfer.path()).hasToString("a>b");
    assertThat(transfer.world()).isSameAs(bench.world);
    assertThat(transfer.size()).isEqualTo(70_000);
    assertThat(transfer.config()).isEqualTo(TransferConfig.DEFAULT);
    assertThat(bench.transfers.whereabouts()).isSameAs(bench);
    assertThat(bench.transfers.media(bench.a, bench.b)).containsExactly(CHASSIS_INTERCONNECT);
    assertThat(bench.transfers).hasToString("open transfers: []");
    Stretch stretch = transfer.hops().get(0).stretches().get(0);
    assertThat(stretch.version()).isEqualTo(bench.version);
    assertThat(stretch.why()).isEmpty();
    assertThat(stretch.largestUnit()).isEqualTo(65_536);
    assertThat(stretch.unitBytes()).isEqualTo(65_536);
    assertThat(transfer.allow(1)).isSameAs(transfer);
  }

  @Test
  void a_fall_back_is_explained() {
    bench.move(bench.b, "c1/b2");
    bench.moveUntold(bench.b, CHASSIS_INTERCONNECT);
    Transfer transfer = bench.start(message(10), TransferConfig.DEFAULT, bench.a, bench.b);
    bench.advance(Duration.ofMillis(100));

    assertThat(transfer.hops().get(0).stretches())
        .extracting(Stretch::why)
        .containsExactly("", "RDMA: b is not where the tables say");
  }

  @Test
  void limits_are_part_of_what_is_allowed() {
    TransferConfig config = TransferConfig.DEFAULT;

    assertThat(config.withWindow(0).withAttempts(30).withCreditTimeout(Duration.ZERO).withUnits(0))
        .isEqualTo(new TransferConfig(config.policy(), false, Duration.ZERO, 0, 4, 0, 30));
    assertThat(config.withWindow(65_535).withAttempts(0).attempts()).isZero();
  }

  // ---- allowances ----

  @Test
  void a_transfer_begins_as_many_units_as_it_is_allowed() {
    bench.move(bench.b, "c1/b2");
    Transfer transfer =
        bench.start(message(400_000), TransferConfig.DEFAULT.withUnits(1), bench.a, bench.b);
    assertThat(transfer.units()).isEqualTo(1);

    transfer.allow(0);
    assertThat(transfer.units()).isEqualTo(1);
    transfer.allow(2);
    assertThat(transfer.units()).isEqualTo(3);
    transfer.allow(2).allow(Long.MAX_VALUE);
    assertThat(transfer.isDelivered()).isTrue();
    assertThat(transfer.units()).isEqualTo(7);
  }

  @Test
  void one_that_was_allowed_everything_can_be_allowed_more() {
    bench.move(bench.b, "c2/b1");
    Transfer transfer = bench.start(message(400_000), TransferConfig.DEFAULT, bench.a, bench.b);

    transfer.allow(5);
    bench.runToEnd();

    assertThat(transfer.isDelivered()).isTrue();
  }

  // ---- machines that stand still ----

  @ParameterizedTest
  @CsvSource({"c1/b1, LOOPBACK", "c1/b2, RDMA", "c2/b1, TCP_IP"})
  void nothing_leaves_a_machine_that_is_paused(String blade, Protocol protocol) {
    bench.move(bench.b, blade);
    bench.a.pause();

    Transfer transfer = bench.start(message(100), TransferConfig.DEFAULT, bench.a, bench.b);
    bench.advance(Duration.ofMillis(10));
    assertThat(transfer.units()).isZero();
    assertThat(transfer.protocols()).containsExactly(protocol);

    bench.a.resume();
    bench.advance(Duration.ofSeconds(100));
    assertThat(transfer.isDelivered()).isTrue();
    assertThat(transfer.received()).isEqualTo(message(100));
  }

  @ParameterizedTest
  @CsvSource({"c1/b1, 0", "c1/b2, 0", "c2/b1, 1"})
  void into_the_memory_of_a_machine_that_is_paused_nothing_is_written_but_segments_are_sent(
      String blade, int units) {
    bench.move(bench.b, blade);
    bench.b.pause();

    Transfer transfer = bench.start(message(100), TransferConfig.DEFAULT, bench.a, bench.b);
    bench.advance(Duration.ofMillis(10));
    assertThat(transfer.units()).isEqualTo(units);

    bench.b.resume();
    bench.b.pause();
    bench.b.resume();
    assertThat(transfer.isDelivered()).isTrue();
  }
}
