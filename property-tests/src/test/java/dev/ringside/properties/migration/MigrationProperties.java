// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.properties.migration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringside.Lab;
import dev.ringside.jqwik.MigrationArbitraries;
import dev.ringside.jqwik.model.MigrationStep;
import dev.ringside.jqwik.scenario.ChassisTopology;
import dev.ringside.jqwik.scenario.ChassisTopology.Guest;
import dev.ringside.migration.Migration;
import dev.ringside.migration.MigrationConfig;
import dev.ringside.migration.MigrationState;
import dev.ringside.packet.Packet;
import dev.ringside.packet.Packets;
import dev.ringside.trace.DropReason;
import dev.ringside.vm.VirtualMachine;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.Tuple.Tuple2;
import net.jqwik.api.constraints.IntRange;

/** The laws of migrations hold, whatever is moved, and whatever fails meanwhile. */
class MigrationProperties {

  private static final int TRIES = 60;
  private static final int STEPS = 14;

  @Provide
  Arbitrary<Tuple2<ChassisTopology, List<MigrationStep>>> runs() {
    return MigrationArbitraries.topologies()
        .flatMap(
            topology ->
                MigrationArbitraries.scripts(topology, STEPS)
                    .map(script -> Tuple.of(topology, script)));
  }

  private static Bench run(Tuple2<ChassisTopology, List<MigrationStep>> run) {
    return new Bench(run.get1(), Defect.NONE).run(run.get2());
  }

  @Property(tries = TRIES)
  void laws_1_2_and_7_one_place_the_same_addresses_and_all_or_nothing(
      @ForAll("runs") Tuple2<ChassisTopology, List<MigrationStep>> script) {
    try (Bench bench = run(script)) {
      assertThat(MigrationLaws.oneIsOnOneBlade(bench)).isEmpty();
      assertThat(MigrationLaws.addressesStay(bench)).isEmpty();
      assertThat(MigrationLaws.whatIsUndoneHasNotBeen(bench)).isEmpty();
    }
  }

  @Property(tries = TRIES)
  void laws_3_and_6_joined_ones_reach_each_other_inside_one_hop_shorter(
      @ForAll("runs") Tuple2<ChassisTopology, List<MigrationStep>> script) {
    try (Bench bench = run(script).settle()) {
      assertThat(MigrationLaws.joinedReachEachOtherInside(bench)).isEmpty();
    }
  }

  @Property(tries = TRIES)
  void laws_4_5_and_9_routers_and_tables_are_as_they_are_needed(
      @ForAll("runs") Tuple2<ChassisTopology, List<MigrationStep>> script) {
    try (Bench bench = run(script).settle()) {
      assertThat(MigrationLaws.routersHaveAddressesOfTheirOwn(bench)).isEmpty();
      assertThat(MigrationLaws.oneRouterForThoseWhoNeedIt(bench)).isEmpty();
      assertThat(MigrationLaws.tablesAreRight(bench)).isEmpty();
    }
  }

  @Property(tries = TRIES)
  void law_10_addresses_come_back(
      @ForAll("runs") Tuple2<ChassisTopology, List<MigrationStep>> script) {
    try (Bench bench = run(script).goHome()) {
      assertThat(MigrationLaws.addressesComeBack(bench)).isEmpty();
      assertThat(bench.lab().migrations().virtualRouters()).isEmpty();
    }
  }

  @Property(tries = TRIES)
  void law_11_others_are_left_alone(
      @ForAll("runs") Tuple2<ChassisTopology, List<MigrationStep>> script) {
    try (Bench bench = run(script)) {
      assertThat(MigrationLaws.othersAreLeftAlone(bench)).isEmpty();
    }
  }

  /** Law 8: what comes meanwhile is kept in order, up to the buffer, and the rest is counted. */
  @Property(tries = TRIES)
  void law_8_no_more_is_lost_than_the_buffer_is_short_of(
      @ForAll @IntRange(max = 6) int buffer,
      @ForAll @IntRange(max = 2) int functions,
      @ForAll @IntRange(max = 5) int before,
      @ForAll @IntRange(max = 9) int meanwhile,
      @ForAll @IntRange(min = 1, max = 2) int sender) {
    ChassisTopology topology =
        new ChassisTopology(
            2,
            1,
            List.of(new Guest(0, 0), new Guest(0, 0), new Guest(1, 1)),
            functions,
            false,
            0,
            24,
            true);
    try (Lab lab = Lab.of(topology)) {
      VirtualMachine moved = lab.vm("vm1");
      VirtualMachine from = lab.vm(ChassisTopology.vm(sender));
      Probe unused = Probe.sent(lab, from, moved, 4);
      send(lab, from, moved, 0, before);
      Migration migration =
          lab.migrate(moved)
              .config(MigrationConfig.DEFAULT.withBuffer(buffer).withCopyTime(Duration.ofMillis(1)))
              .to(lab.blade("b2"));
      send(lab, from, moved, before, meanwhile);
      lab.expectDrops(DropReason.RING_FULL);
      lab.advance(Duration.ofMillis(1));

      List<Integer> kept = new ArrayList<>();
      for (int i = 0; i < before + Math.min(buffer, meanwhile); i++) {
        kept.add(i + 1);
      }
      assertThat(migration.state()).isEqualTo(MigrationState.COMPLETED);
      assertThat(ports(moved)).isEqualTo(kept);
      assertThat(lab.ledger().dropped(DropReason.RING_FULL))
          .isEqualTo(Math.max(0, meanwhile - buffer));
      assertThat(lab.ledger().violations()).isEmpty();
    }
  }

  private static void send(Lab lab, VirtualMachine from, VirtualMachine to, int first, int many) {
    for (int i = first; i < first + many; i++) {
      Packet unused = from.send(Packets.udp().to(to.ipv4()).port(i + 1));
    }
    lab.note("sent " + many);
  }

  private static List<Integer> ports(VirtualMachine vm) {
    List<Integer> ports = new ArrayList<>();
    for (Packet packet : vm.received()) {
      ports.add(packet.destinationPort());
    }
    return ports;
  }
}
