// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.properties.failover;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringside.Lab;
import dev.ringside.aggregate.AggregatorConfig;
import dev.ringside.aggregate.InFlight;
import dev.ringside.jqwik.LabPerTry;
import dev.ringside.jqwik.Scenarios;
import dev.ringside.jqwik.Topologies;
import dev.ringside.jqwik.model.FailoverActions;
import dev.ringside.jqwik.model.FailoverTwin;
import dev.ringside.jqwik.scenario.Action;
import dev.ringside.jqwik.scenario.LabTopology;
import dev.ringside.jqwik.scenario.Scenario;
import dev.ringside.jqwik.scenario.Sending;
import dev.ringside.jqwik.scenario.Step;
import dev.ringside.packet.Packet;
import dev.ringside.properties.model.DeliveryTwin;
import dev.ringside.trace.DropReason;
import dev.ringside.trace.Hop;
import dev.ringside.trace.JournalEntry;
import dev.ringside.trace.Stage;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What failover does to packets: properties 5 and 6 of the eleven, and who gets what. */
@LabPerTry
class FailoverTrafficProperties {

  private static final Set<DropReason> ALLOWED =
      EnumSet.of(DropReason.PNIC_FAILED, DropReason.NO_UPLINK);

  /** Guests that send to the station while NICs fail; rings are large enough for all of it. */
  @Provide
  Arbitrary<Scenario> outbound() {
    Set<Action> actions = EnumSet.copyOf(Action.failover());
    actions.addAll(Action.traffic());
    actions.remove(Action.PING);
    return Scenarios.of(Topologies.redundant(), actions)
        .map(FailoverTrafficProperties::withLargeRings)
        .map(FailoverTrafficProperties::outboundOnly);
  }

  private static Scenario withLargeRings(Scenario scenario) {
    LabTopology topology = scenario.topology();
    return new Scenario(
        topology.withNic(topology.nic().withRingCapacity(1 << 12)), scenario.steps());
  }

  private static Scenario outboundOnly(Scenario scenario) {
    List<Step> steps = new ArrayList<>();
    for (Step step : scenario.steps()) {
      boolean toStation = step.object().equals(Sending.STATION);
      if (toStation || !Action.traffic().contains(step.action()) || step.object().isEmpty()) {
        steps.add(step);
      }
    }
    return new Scenario(scenario.topology(), steps);
  }

  @Property
  void properties_5_and_6_a_packet_arrives_once_and_in_order_or_is_lost_for_two_reasons(
      @ForAll("outbound") Scenario scenario, Lab lab) {
    scenario.run(lab);
    for (String nic : scenario.topology().nicNames()) {
      new Step(0, Action.REPAIR, nic, "", 0).run(lab);
      new Step(0, Action.LINK_UP, nic, "", 0).run(lab);
      new Step(0, Action.PLUG, nic, "", 0).run(lab);
    }
    Scenario.settle(lab);

    Map<String, List<Integer>> arrived = arrived(lab.wire().received());
    for (List<Integer> numbers : arrived.values()) {
      assertThat(numbers).isSorted().doesNotHaveDuplicates();
    }
    assertThat(otherLosses(lab)).isEmpty();
  }

  /**
   * Narrow cables and rings of few slots: packets wait in the card that fails, are held, and leave
   * bit by bit. No cable is pulled, for what is on it would be lost.
   */
  @Provide
  Arbitrary<Scenario> narrow() {
    Set<Action> actions =
        EnumSet.of(Action.FAIL, Action.REPAIR, Action.SWITCH_TO, Action.ADVANCE, Action.BURST);
    return Scenarios.of(Topologies.redundant(), actions, EnumSet.of(Action.SEND))
        .map(FailoverTrafficProperties::outboundOnly)
        .map(FailoverTrafficProperties::throughNarrowCables);
  }

  private static Scenario throughNarrowCables(Scenario scenario) {
    List<Step> steps = new ArrayList<>();
    steps.add(new Step(0, Action.BANDWIDTH, "", "", 10_000_000));
    steps.addAll(scenario.steps());
    return new Scenario(scenario.topology(), steps);
  }

  @Property
  void property_5_packets_that_wait_for_a_narrow_cable_keep_their_order(
      @ForAll("narrow") Scenario scenario, Lab lab) {
    scenario.run(lab);
    Scenario.settle(lab);

    for (List<Integer> numbers : leftHost(lab).values()) {
      assertThat(numbers).isSorted().doesNotHaveDuplicates();
    }
  }

  @Property
  void property_6_what_a_failed_card_had_not_sent_is_sent_by_the_next(
      @ForAll("narrow") Scenario scenario) {
    Scenario roomy = withLargeRings(scenario);
    LabTopology topology = roomy.topology();
    AggregatorConfig resending =
        topology.aggregator().withInFlight(InFlight.RESEND).withHoldCapacity(1 << 12);
    try (Lab lab = Lab.of(topology.withAggregator(resending))) {
      roomy.run(lab);
      for (String nic : topology.nicNames()) {
        new Step(0, Action.REPAIR, nic, "", 0).run(lab);
      }
      Scenario.settle(lab);
      assertThat(lostWithCards(lab)).isEmpty();
    }
  }

  /** What a card drops that it has received as a copy of a flood has been sent. */
  private static List<Hop> lostWithCards(Lab lab) {
    Map<String, List<Integer>> left = leftHost(lab);
    List<Hop> lost = new ArrayList<>();
    for (JournalEntry entry : lab.journal().entries()) {
      Hop hop = entry.hop();
      if (hop != null && hop.reason() == DropReason.PNIC_FAILED && isNumbered(hop)) {
        String sender = String.valueOf(hop.packet().sourceIp());
        if (!left.getOrDefault(sender, List.of()).contains(Sending.numberOf(hop.packet()))) {
          lost.add(hop);
        }
      }
    }
    return lost;
  }

  /** By sender, what has entered a cable; from then on it is a matter of cables. */
  private static Map<String, List<Integer>> leftHost(Lab lab) {
    Map<String, List<Integer>> left = new LinkedHashMap<>();
    for (JournalEntry entry : lab.journal().entries()) {
      Hop hop = entry.hop();
      if (hop != null
          && hop.stage() == Stage.WIRE
          && hop.detail().equals(" to network")
          && isNumbered(hop)
          && !hop.packet().isFragment()) {
        left.computeIfAbsent(String.valueOf(hop.packet().sourceIp()), ip -> new ArrayList<>())
            .add(Sending.numberOf(hop.packet()));
      }
    }
    return left;
  }

  private static Map<String, List<Integer>> arrived(List<Packet> packets) {
    Map<String, List<Integer>> arrived = new LinkedHashMap<>();
    for (Packet packet : packets) {
      if (Sending.numberOf(packet) != Sending.UNNUMBERED && !packet.isFragment()) {
        arrived
            .computeIfAbsent(String.valueOf(packet.sourceIp()), ip -> new ArrayList<>())
            .add(Sending.numberOf(packet));
      }
    }
    return arrived;
  }

  private static List<String> otherLosses(Lab lab) {
    List<String> losses = new ArrayList<>();
    for (JournalEntry entry : lab.journal().entries()) {
      Hop hop = entry.hop();
      DropReason reason = hop == null ? null : hop.reason();
      if (reason != null && reason.isLoss() && !ALLOWED.contains(reason) && isNumbered(hop)) {
        losses.add(entry.toString());
      }
    }
    return losses;
  }

  private static boolean isNumbered(Hop hop) {
    return hop.packet().destinationPort() == Sending.PORT;
  }

  @Provide
  Arbitrary<Scenario> atOnce() {
    Set<Action> actions = EnumSet.copyOf(Action.failover());
    actions.addAll(EnumSet.of(Action.ADD_VM, Action.REMOVE_VM, Action.SEND));
    return Scenarios.of(Topologies.redundantAtOnce(), actions);
  }

  @Property
  void a_packet_arrives_at_once_if_and_only_if_the_twin_says_so(
      @ForAll("atOnce") Scenario scenario, Lab lab) {
    checkDeliveries(scenario, lab);
  }

  /** Compares lab and twin, and what arrives, after each step. */
  static void checkDeliveries(Scenario scenario, Lab lab) {
    FailoverTwin twin = new FailoverTwin(scenario.topology());
    FailoverActions.Pair pair = new FailoverActions.Pair(lab, twin);
    DeliveryTwin delivery = new DeliveryTwin(twin);
    for (Step step : scenario.steps()) {
      pair.apply(step);
      if (step.action() == Action.SEND && !isForLostGuest(lab, step)) {
        assertThat(timesReceived(lab, step))
            .as("times that '%s' arrived", step)
            .isEqualTo(delivery.reaches(step.subject(), step.object()) ? 1 : 0);
      }
    }
  }

  /** Whether the switch outside may look for a guest elsewhere: a full ring lost announcements. */
  private static boolean isForLostGuest(Lab lab, Step step) {
    return step.subject().equals(Sending.STATION) && lab.ledger().dropped(DropReason.RING_FULL) > 0;
  }

  private static long timesReceived(Lab lab, Step step) {
    List<Packet> inbox;
    if (step.object().equals(Sending.STATION)) {
      inbox = lab.wire().received();
    } else {
      inbox = lab.host().hasVm(step.object()) ? lab.vm(step.object()).received() : List.of();
    }
    int number = 1_000 * step.number() + 1;
    return inbox.stream()
        .filter(packet -> Sending.numberOf(packet) == number && !packet.isLaterFragment())
        .count();
  }
}
