// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.properties.proxies;

import static dev.ringside.packet.Packets.udp;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ringside.jqwik.model.ProxyActions;
import dev.ringside.jqwik.model.ProxyStep;
import dev.ringside.packet.Packet;
import dev.ringside.trace.DropReason;
import dev.ringside.vm.VirtualMachine;
import java.util.List;
import java.util.function.Function;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.state.ActionChain;

/** The eleven laws of proxies, on whatever guests do: send, pause, hold channels, go. */
class ProxyProperties {

  @Provide
  Arbitrary<List<ProxyStep>> scripts() {
    return ProxyActions.steps(Bench.VMS, 0).list().ofMaxSize(50).withoutEdgeCases();
  }

  private static void holds(
      Function<Bench, List<String>> law, List<ProxyStep> script, int capacity) {
    try (Bench run = new Bench(Defect.NONE, capacity)) {
      assertThat(law.apply(run.run(script).settle())).isEmpty();
      assertThat(run.lab().waiters()).isEmpty();
      assertThat(run.lab().ledger().violations()).isEmpty();
    }
  }

  @Property(tries = 200)
  void law_1_unicasts_reach_exactly_the_one_they_are_for(
      @ForAll("scripts") List<ProxyStep> script, @ForAll @IntRange(min = 1, max = 4) int capacity) {
    holds(ProxyLaws::unicastsReachOne, script, capacity);
  }

  @Property(tries = 100)
  void law_2_every_pair_has_its_channels(
      @ForAll("scripts") List<ProxyStep> script, @ForAll @IntRange(min = 1, max = 4) int capacity) {
    holds(ProxyLaws::everyPairHasItsChannels, script, capacity);
  }

  @Property(tries = 100)
  void law_3_tables_are_symmetric(
      @ForAll("scripts") List<ProxyStep> script, @ForAll @IntRange(min = 1, max = 4) int capacity) {
    holds(ProxyLaws::tablesAreSymmetric, script, capacity);
  }

  @Property(tries = 200)
  void law_4_pairs_keep_order(
      @ForAll("scripts") List<ProxyStep> script, @ForAll @IntRange(min = 1, max = 4) int capacity) {
    holds(ProxyLaws::pairsKeepOrder, script, capacity);
  }

  @Property(tries = 100)
  void law_4_guests_keep_order_over_all_peers(
      @ForAll("scripts") List<ProxyStep> script, @ForAll @IntRange(min = 1, max = 4) int capacity) {
    holds(ProxyLaws::guestsKeepOrder, script, capacity);
  }

  @Property(tries = 200)
  void law_5_broadcasts_reach_all_others_once(
      @ForAll("scripts") List<ProxyStep> script, @ForAll @IntRange(min = 1, max = 4) int capacity) {
    holds(ProxyLaws::broadcastsReachAllOnce, script, capacity);
  }

  @Property(tries = 100)
  void law_6_there_are_no_loops(
      @ForAll("scripts") List<ProxyStep> script, @ForAll @IntRange(min = 1, max = 4) int capacity) {
    holds(ProxyLaws::noLoops, script, capacity);
  }

  @Property(tries = 100)
  void law_7_no_card_is_on_the_way(
      @ForAll("scripts") List<ProxyStep> script, @ForAll @IntRange(min = 1, max = 4) int capacity) {
    holds(ProxyLaws::noCards, script, capacity);
  }

  @Property(tries = 100)
  void law_8_bytes_and_source_are_kept(
      @ForAll("scripts") List<ProxyStep> script, @ForAll @IntRange(min = 1, max = 4) int capacity) {
    holds(ProxyLaws::bytesAreKept, script, capacity);
  }

  @Property(tries = 200)
  void law_9_channels_are_bounded_and_awaited_only_while_full(
      @ForAll("scripts") List<ProxyStep> script, @ForAll @IntRange(min = 1, max = 4) int capacity) {
    holds(ProxyLaws::channelsAreBounded, script, capacity);
  }

  @Property(tries = 100)
  void law_10_no_entry_dangles(
      @ForAll("scripts") List<ProxyStep> script, @ForAll @IntRange(min = 1, max = 4) int capacity) {
    holds(ProxyLaws::noEntryDangles, script, capacity);
  }

  @Property(tries = 200)
  void law_11_nobody_sees_what_is_for_others(
      @ForAll("scripts") List<ProxyStep> script, @ForAll @IntRange(min = 1, max = 4) int capacity) {
    holds(ProxyLaws::othersSeeNothing, script, capacity);
  }

  @Property(tries = 30)
  void nobody_sends_under_the_address_of_another(
      @ForAll("scripts") List<ProxyStep> script, @ForAll @IntRange(min = 1, max = 4) int capacity) {
    try (Bench run = new Bench(Defect.NONE, capacity)) {
      List<VirtualMachine> present = run.run(script).settle().present();
      for (VirtualMachine vm : present) {
        for (VirtualMachine other : present) {
          Packet claimed = vm.send(udp().port(7).fromMac(other.mac()).to(present.get(0)));
          boolean spoofed = other != vm;
          assertThat(run.lab().trace(claimed).last().reason() == DropReason.SPOOFED)
              .isEqualTo(spoofed);
        }
      }
    }
  }

  // ---- no deadlock ----

  @Provide
  Arbitrary<ActionChain<ProxyActions.Pair>> floods() {
    return ProxyActions.chains(2, 1, 1).withMaxTransformations(60);
  }

  /** Whatever has happened: once both drain, nobody waits, and nothing is left. */
  @Property(tries = 300)
  void two_guests_that_flood_each_other_under_quota_never_deadlock(
      @ForAll("floods") ActionChain<ProxyActions.Pair> flood) {
    try (ProxyActions.Pair pair = flood.run()) {
      Flood.drain(pair.lab());
      assertThat(pair.lab().waiters()).isEmpty();
      assertThat(pair.lab().ledger().live()).isZero();
      assertThat(pair.lab().ledger().violations()).isEmpty();
    }
  }
}
