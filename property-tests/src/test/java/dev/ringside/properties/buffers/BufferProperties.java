// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.properties.buffers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringside.jqwik.BufferArbitraries;
import dev.ringside.jqwik.model.BufferActions;
import dev.ringside.jqwik.model.BufferRule;
import dev.ringside.jqwik.model.BufferStep;
import dev.ringside.jqwik.model.BufferStep.What;
import dev.ringside.memory.NumaTopology;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.Tuple.Tuple2;

/** The ten laws of transmit buffers, on any nodes. */
class BufferProperties {

  @Provide
  Arbitrary<NumaTopology> topologies() {
    return BufferArbitraries.topologies(BufferActions.NICS, BufferActions.APPLICATIONS);
  }

  @Provide
  Arbitrary<List<BufferStep>> scripts() {
    return BufferActions.steps().list().ofMaxSize(40);
  }

  /** Policies that never wait by themselves. */
  @Provide
  Arbitrary<List<BufferStep>> willingScripts() {
    return BufferActions.steps()
        .filter(step -> step.rule() != BufferRule.STRICT_LOCAL)
        .list()
        .ofMaxSize(40);
  }

  @Property(tries = 100)
  void no_buffer_has_two_owners(
      @ForAll("topologies") NumaTopology topology, @ForAll("scripts") List<BufferStep> script) {
    assertThat(BufferLaws.oneOwner(topology, BufferRule::policy, script)).isEmpty();
  }

  @Property(tries = 100)
  void free_and_allocated_and_in_dma_are_all_there_are_on_each_node(
      @ForAll("topologies") NumaTopology topology, @ForAll("scripts") List<BufferStep> script) {
    assertThat(BufferLaws.sums(topology, BufferRule::policy, script)).isEmpty();
  }

  @Property(tries = 300)
  void the_choice_is_the_best_of_all_at_every_step_as_brute_force_finds_it(
      @ForAll("topologies") NumaTopology topology, @ForAll("scripts") List<BufferStep> script) {
    assertThat(BufferLaws.asTwin(topology, BufferRule::policy, script)).isEmpty();
  }

  /** Who wants a near buffer only waits although others are free, until one comes or it moves. */
  @Provide
  Arbitrary<List<BufferStep>> strictScripts() {
    BufferStep strict = new BufferStep(What.POLICY, "web", 0, BufferRule.STRICT_LOCAL);
    Arbitrary<BufferStep> steps =
        BufferActions.steps().filter(step -> step.what() != What.END && step.what() != What.POLICY);
    return steps
        .list()
        .ofMaxSize(40)
        .map(
            rest -> {
              List<BufferStep> script = new ArrayList<>(List.of(strict));
              script.addAll(rest);
              return script;
            });
  }

  @Property(tries = 100)
  void who_waits_for_a_near_buffer_gets_it_in_turn_as_the_twin_says(
      @ForAll("topologies") NumaTopology topology,
      @ForAll("strictScripts") List<BufferStep> script) {
    assertThat(BufferLaws.asTwin(topology, BufferRule::policy, script)).isEmpty();
  }

  @Property(tries = 200)
  void the_choice_costs_least_and_is_where_it_says(
      @ForAll("topologies") NumaTopology topology, @ForAll BufferRule rule) {
    Choice choice = Choice.of(topology, rule);
    assertThat(BufferLaws.optimal(choice)).isEmpty();
    assertThat(BufferLaws.realLocation(choice)).isEmpty();
  }

  @Property(tries = 200)
  void a_location_that_a_policy_does_not_weigh_does_not_change_what_it_pays(
      @ForAll("topologies") NumaTopology topology, @ForAll("places") Tuple2<Integer, Integer> at) {
    int node = at.get1() % topology.nodeCount();
    NumaTopology otherNics = topology.nics(node, "p0").nics(at.get2() % (node + 1), "p1");
    for (BufferRule rule : List.of(BufferRule.NEAR_APP, BufferRule.ALL_FOR_APP)) {
      assertThat(BufferLaws.costs(Choice.of(topology, rule), Choice.of(otherNics, rule), false))
          .isEmpty();
    }
    NumaTopology elsewhere = topology.applications(node, "web");
    for (BufferRule rule : List.of(BufferRule.NEAR_NIC, BufferRule.ALL_FOR_NIC)) {
      assertThat(BufferLaws.costs(Choice.of(topology, rule), Choice.of(elsewhere, rule), false))
          .isEmpty();
    }
  }

  @Provide
  Arbitrary<Tuple2<Integer, Integer>> places() {
    Arbitrary<Integer> place = Arbitraries.integers().between(0, 3);
    return Combinators.combine(place, place).as(Tuple::of);
  }

  @Property(tries = 200)
  void another_free_buffer_never_makes_the_choice_dearer(
      @ForAll("topologies") NumaTopology topology,
      @ForAll BufferRule rule,
      @ForAll("places") Tuple2<Integer, Integer> at) {
    int node = at.get1() % topology.nodeCount();
    NumaTopology more = topology.buffers(node, topology.buffersOf(node) + 1);
    assertThat(BufferLaws.costs(Choice.of(more, rule), Choice.of(topology, rule), true)).isEmpty();
  }

  @Property(tries = 200)
  void who_comes_first_is_served_first_and_nobody_waits_while_a_buffer_is_free(
      @ForAll("topologies") NumaTopology topology,
      @ForAll("willingScripts") List<BufferStep> script) {
    assertThat(BufferLaws.firstComeFirstServed(topology, BufferRule::policy, script)).isEmpty();
  }

  @Property(tries = 50)
  void the_same_script_ends_the_same(
      @ForAll("topologies") NumaTopology topology, @ForAll("scripts") List<BufferStep> script) {
    assertThat(BufferLaws.deterministic(topology, BufferRule::policy, script)).isEmpty();
  }

  @Property(tries = 200)
  void other_numbers_for_the_nodes_give_the_same_answer_up_to_a_tie(
      @ForAll("topologies") NumaTopology topology, @ForAll BufferRule rule) {
    Choice choice = Choice.of(topology, rule);
    Choice mirrored = Choice.of(mirrored(topology), rule);
    Assume.that(!choice.isNone());
    assertThat(BufferLaws.costs(choice, mirrored, false)).isEmpty();
    assertThat(mirrored.tie()).isEqualTo(choice.tie());
    assertThat(mirrored(topology).buffersOf(mirrored.node()))
        .isEqualTo(topology.buffersOf(choice.node()));
  }

  /** The last node is the first. */
  private static NumaTopology mirrored(NumaTopology topology) {
    int last = topology.nodeCount() - 1;
    int[][] distances = new int[last + 1][last + 1];
    NumaTopology mirrored = NumaTopology.nodes(last + 1);
    for (int from = 0; from <= last; from++) {
      for (int to = 0; to <= last; to++) {
        distances[last - from][last - to] = topology.distance(from, to);
      }
      mirrored = mirrored.buffers(last - from, topology.buffersOf(from));
    }
    for (String nic : BufferActions.NICS) {
      mirrored = mirrored.nics(last - topology.nodeOfNic(nic), nic);
    }
    for (String name : BufferActions.APPLICATIONS) {
      mirrored = mirrored.applications(last - topology.nodeOfApplication(name), name);
    }
    return mirrored.distances(distances);
  }

  @Property(tries = 200)
  void balanced_ends_where_the_two_others_begin(@ForAll("topologies") NumaTopology topology) {
    assertThat(Choice.of(topology, BufferRule.ALL_FOR_APP).node())
        .isEqualTo(Choice.of(topology, BufferRule.NEAR_APP).node());
    assertThat(Choice.of(topology, BufferRule.ALL_FOR_NIC).node())
        .isEqualTo(Choice.of(topology, BufferRule.NEAR_NIC).node());
  }
}
