// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.properties.transfers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringside.jqwik.TransferArbitraries;
import dev.ringside.jqwik.model.TransferActions;
import dev.ringside.jqwik.model.TransferStep;
import dev.ringside.transfer.Media;
import dev.ringside.transfer.Protocol;
import dev.ringside.transfer.ProtocolPolicy;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.LongRange;

/** The ten laws of transfers, whatever is sent, moved, posted, closed and lost. */
class TransferProperties {

  @Provide
  Arbitrary<List<TransferStep>> scripts() {
    return TransferActions.steps(Bench.VMS).list().ofMinSize(5).ofMaxSize(40).withoutEdgeCases();
  }

  @Provide
  Arbitrary<List<TransferStep>> scriptsInside() {
    return TransferActions.steps(Bench.VMS)
        .filter(step -> step.one() < 3 && step.other() < 3 && step.other() % Bench.VMS < 3)
        .filter(step -> step.what() != TransferStep.What.MOVE || step.other() < 2)
        .list()
        .ofMinSize(5)
        .ofMaxSize(40)
        .withoutEdgeCases();
  }

  @Provide
  Arbitrary<Set<Media>> media() {
    return TransferArbitraries.media();
  }

  private static void holds(
      Function<Bench, List<String>> law, List<TransferStep> script, int lossEvery) {
    try (Bench run = new Bench(Defect.NONE, lossEvery)) {
      assertThat(law.apply(run.run(script).settle())).isEmpty();
      assertThat(run.lab().waiters()).isEmpty();
      assertThat(run.lab().ledger().violations()).isEmpty();
    }
  }

  @Property(tries = 150)
  void law_1_bytes_arrive_in_order_and_once(@ForAll("scripts") List<TransferStep> script) {
    holds(TransferLaws::bytesArriveOnce, script, 7);
  }

  @Property(tries = 100)
  void law_2_protocols_follow_the_table(@ForAll("scripts") List<TransferStep> script) {
    holds(TransferLaws::protocolsFollowTheTable, script, 0);
  }

  @Property(tries = 100)
  void law_3_chassis_traffic_stays_inside(@ForAll("scriptsInside") List<TransferStep> script) {
    List<TransferStep> inside =
        script.stream()
            .map(step -> new TransferStep(step.what(), step.one(), step.other(), within(step)))
            .toList();
    holds(TransferLaws::chassisTrafficStaysInside, inside, 0);
  }

  /** No relay, which might be outside. */
  private static int within(TransferStep step) {
    return step.what() == TransferStep.What.START && step.amount() % 3 == 0
        ? step.amount() + 1
        : step.amount();
  }

  @Property(tries = 100)
  void law_4_tcp_is_for_the_network(@ForAll("scripts") List<TransferStep> script) {
    holds(TransferLaws::tcpIsForTheNetwork, script, 0);
  }

  @Property(tries = 150)
  void law_5_units_are_as_few_as_they_can_be(@ForAll("scripts") List<TransferStep> script) {
    holds(TransferLaws::unitsAreFew, script, 0);
  }

  @Property(tries = 100)
  void law_6_chunks_have_buffers(@ForAll("scripts") List<TransferStep> script) {
    holds(TransferLaws::chunksHaveBuffers, script, 0);
  }

  @Property(tries = 150)
  void law_7_changes_are_seen_before_the_next_unit(@ForAll("scripts") List<TransferStep> script) {
    holds(TransferLaws::changesAreSeenBeforeTheNextUnit, script, 7);
  }

  @Property(tries = 100)
  void law_8_the_cheapest_is_chosen(@ForAll("scripts") List<TransferStep> script) {
    holds(TransferLaws::theCheapestIsChosen, script, 0);
  }

  @Property(tries = 200)
  void law_8_costs_are_in_the_order_of_reach(
      @ForAll("media") Set<Media> media, @ForAll @LongRange(max = 1L << 40) long bytes) {
    assertThat(Protocol.LOOPBACK.modelledNanos(bytes))
        .isLessThan(Protocol.RDMA.modelledNanos(bytes));
    assertThat(Protocol.RDMA.modelledNanos(bytes)).isLessThan(Protocol.TCP_IP.modelledNanos(bytes));
    assertThat(ProtocolPolicy.byMedia().choose(media).carriesOver(media)).isTrue();
  }

  @Property(tries = 150)
  void law_9_relays_alter_nothing(@ForAll("scripts") List<TransferStep> script) {
    holds(TransferLaws::relaysAlterNothing, script, 7);
  }

  @Property(tries = 100)
  void law_10_lookups_agree_in_both_directions(@ForAll("scripts") List<TransferStep> script) {
    holds(TransferLaws::lookupsAgree, script, 0);
  }
}
