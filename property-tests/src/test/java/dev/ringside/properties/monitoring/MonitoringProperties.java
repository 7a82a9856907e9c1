// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.properties.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringside.jqwik.model.MonitorActions;
import dev.ringside.jqwik.model.MonitorStep;
import dev.ringside.jqwik.model.MonitorStep.What;
import dev.ringside.monitor.Verdict;
import dev.ringside.packet.Packets;
import dev.ringside.properties.monitoring.Bench.Shape;
import java.util.List;
import java.util.function.Function;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.state.ActionChain;

/** Selective monitoring to user memory: the rings, the memory and the bridge, whatever happens. */
class MonitoringProperties {

  @Provide
  Arbitrary<List<MonitorStep>> scripts() {
    return MonitorActions.steps().list().ofMaxSize(30);
  }

  /** Packets and releases only. */
  @Provide
  Arbitrary<List<MonitorStep>> loads() {
    return MonitorActions.steps()
        .filter(
            step ->
                step.amount() > 0
                    && (step.what() == What.SEND_WATCHED
                        || step.what() == What.SEND_OTHERS
                        || step.what() == What.POLL
                        || step.what() == What.CONSUME))
        .list()
        .ofMaxSize(30);
  }

  @Provide
  Arbitrary<Shape> shapes() {
    return Combinators.combine(
            Arbitraries.integers().between(0, 8),
            Arbitraries.integers().between(1, 8),
            Arbitraries.of(true, false))
        .as(Shape::new);
  }

  @Provide
  Arbitrary<ActionChain<MonitorActions.Pair>> chains() {
    return Combinators.combine(
            Arbitraries.integers().between(0, 6), Arbitraries.integers().between(0, 4))
        .flatAs((slots, threshold) -> MonitorActions.chains(slots, 4, threshold));
  }

  /** What is in memory, in the ring and lost, whether the application polls or is called. */
  @Property(tries = 100)
  void it_goes_as_the_naive_twin_says(@ForAll("chains") ActionChain<MonitorActions.Pair> chain) {
    chain.run().close();
  }

  @Property(tries = 30)
  void another_rule_takes_what_it_says_from_now_on_and_nothing_else(
      @ForAll("shapes") Shape shape, @ForAll("loads") List<MonitorStep> script) {
    try (Bench run = new Bench(shape, Defect.NONE)) {
      run.run(script);
      long before = run.monitor.ring("p0").offered();
      run.monitor.watch(Packets.udp().port(53));
      run.run(List.of(new MonitorStep(What.SEND_OTHERS, 3), new MonitorStep(What.SEND_WATCHED, 5)));
      assertThat(run.monitor.ring("p0").offered() - before).isEqualTo(3);
    }
  }

  private static void check(
      Shape shape, List<MonitorStep> script, Function<Bench, List<String>> law) {
    try (Bench run = new Bench(shape, Defect.NONE)) {
      assertThat(law.apply(run.run(script))).isEmpty();
      assertThat(run.lab.ledger().violations()).isEmpty();
    }
  }

  @Property(tries = 60)
  void the_ring_of_the_monitor_gets_what_matches_and_that_of_the_host_the_rest(
      @ForAll("shapes") Shape shape, @ForAll("scripts") List<MonitorStep> script) {
    check(shape, script, MonitoringLaws::ringsGetWhatIsTheirs);
  }

  @Property(tries = 60)
  void what_is_captured_comes_straight_from_the_card_with_one_copy(
      @ForAll("shapes") Shape shape, @ForAll("scripts") List<MonitorStep> script) {
    check(shape, script, MonitoringLaws::capturedStraight);
  }

  @Property(tries = 60)
  void a_batch_is_as_long_as_wanted_as_there_are_packets_and_as_there_are_slots(
      @ForAll("shapes") Shape shape, @ForAll("scripts") List<MonitorStep> script) {
    Shape polled = new Shape(shape.slots(), shape.ringCapacity(), true);
    check(polled, script, MonitoringLaws::batchesAreAsLongAsTheyCan);
  }

  @Property(tries = 60)
  void order_is_kept_in_memory_and_on_the_second_wire(
      @ForAll("shapes") Shape shape, @ForAll("scripts") List<MonitorStep> script) {
    check(shape, script, MonitoringLaws::orderIsKept);
    check(shape.slow(false), script, MonitoringLaws::orderIsKept);
  }

  @Property(tries = 60)
  void the_rest_leaves_byte_by_byte_less_what_is_counted_as_dropped(
      @ForAll("shapes") Shape shape, @ForAll("scripts") List<MonitorStep> script) {
    check(shape, script, MonitoringLaws::theRestIsBridged);
    check(shape.slow(false), script, MonitoringLaws::theRestIsBridged);
  }

  @Property(tries = 60)
  void what_is_watched_leaves_once_if_it_is_passed_and_never_if_it_is_consumed(
      @ForAll("shapes") Shape shape,
      @ForAll("scripts") List<MonitorStep> script,
      @ForAll Verdict verdict) {
    check(shape.releasing(verdict), script, MonitoringLaws::watchedLeavesOnlyIfPassed);
  }

  @Property(tries = 60)
  void the_rest_leaves_when_it_would_have_left_without_the_load_on_the_monitor(
      @ForAll("shapes") Shape shape, @ForAll("loads") List<MonitorStep> script) {
    try (Bench loaded = new Bench(shape.slow(false), Defect.NONE);
        Bench quiet = new Bench(shape.slow(true), Defect.NONE)) {
      assertThat(MonitoringLaws.restIsAsWithoutLoad(loaded.run(script), quiet.run(script)))
          .isEmpty();
    }
  }

  @Property(tries = 60)
  void slots_are_used_or_free_and_are_not_overwritten_before_they_are_released(
      @ForAll("shapes") Shape shape, @ForAll("scripts") List<MonitorStep> script) {
    check(shape, script, MonitoringLaws::slotsAreSafe);
  }

  @Property(tries = 60)
  void every_packet_that_can_be_classified_is_in_one_of_the_two_rings(
      @ForAll("shapes") Shape shape, @ForAll("scripts") List<MonitorStep> script) {
    check(shape, script, MonitoringLaws::everyPacketIsInOneRing);
  }

  @Property(tries = 60)
  void without_the_rule_the_host_is_a_pure_bridge(
      @ForAll("shapes") Shape shape, @ForAll("scripts") List<MonitorStep> script) {
    check(shape, script, MonitoringLaws::bridgesAllWithoutRule);
  }

  @Property(tries = 60)
  void the_application_never_sees_what_it_does_not_watch(
      @ForAll("shapes") Shape shape, @ForAll("scripts") List<MonitorStep> script) {
    check(shape, script, MonitoringLaws::applicationSeesWatchedOnly);
  }
}
