// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.aggregate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringside.packet.Ipv4Address;
import dev.ringside.packet.Packet;
import dev.ringside.packet.Packets;
import dev.ringside.time.Seed;
import dev.ringside.trace.Event;
import dev.ringside.trace.EventKind;
import dev.ringside.world.World;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What an aggregation does with its guests and NICs, call by call. */
class GuestCallsTest {

  private static final Duration SECOND = Duration.ofSeconds(1);

  private final World world = new World(Seed.DEFAULT, 1_000, true);
  private final FakeMember p0 = new FakeMember("p0");
  private final FakeMember p1 = new FakeMember("p1");
  private final FakeMember p2 = new FakeMember("p2");
  private final RecordingClient guest = new RecordingClient("guest");

  @AfterEach
  void close() {
    world.close();
  }

  private LinkAggregator activeStandby(AggregatorConfig config) {
    return started(new LinkAggregator(world, "h1", "aggr0", config), p0, p1);
  }

  private LinkAggregator activeActive(FakeMember... members) {
    return started(
        new LinkAggregator(
            world, "h1", "aggr0", AggregatorConfig.DEFAULT, PortSelectionPolicies.roundRobin()),
        members);
  }

  private LinkAggregator started(LinkAggregator aggregator, FakeMember... members) {
    world.run(
        () -> {
          for (FakeMember member : members) {
            aggregator.addMember(member);
          }
          aggregator.start();
          aggregator.addClient(guest);
        });
    return aggregator;
  }

  private void report(LinkAggregator aggregator, FakeMember member, boolean healthy) {
    member.setHealthy(healthy);
    world.run(() -> aggregator.memberChanged(member));
  }

  // ---- active/standby ----

  @Test
  void a_guest_follows_the_active_nic() {
    LinkAggregator aggregator = activeStandby(AggregatorConfig.DEFAULT);
    assertThat(guest.calls()).containsExactly("map p0");

    report(aggregator, p0, false);

    assertThat(guest.calls()).containsExactly("unmap p0", "dismiss p0", "admit p1", "map p1");
    assertThat(world.journal().events(EventKind.FUNCTION_MISSING)).isEmpty();
  }

  @Test
  void a_guest_that_ends_is_taken_from_the_active_nic() {
    LinkAggregator aggregator = activeStandby(AggregatorConfig.DEFAULT);
    guest.calls();

    world.run(() -> aggregator.removeClient(guest));

    assertThat(guest.calls()).containsExactly("dismiss p0", "unmap p0");
  }

  @Test
  void without_an_uplink_guests_come_and_go_untouched() {
    LinkAggregator aggregator = activeStandby(AggregatorConfig.DEFAULT);
    report(aggregator, p0, false);
    report(aggregator, p1, false);
    guest.calls();

    world.run(() -> aggregator.removeClient(guest));
    world.run(() -> aggregator.addClient(guest));

    assertThat(guest.calls()).isEmpty();
    assertThat(aggregator).hasToString("aggr0 (NO_UPLINK, active null, 0 held)");
    report(aggregator, p1, true);
    assertThat(guest.calls()).containsExactly("admit p1", "map p1");
  }

  @Test
  void a_guest_that_comes_once_another_nic_is_active_is_admitted_there() {
    LinkAggregator aggregator = activeStandby(AggregatorConfig.DEFAULT.withStepDelay(SECOND));
    RecordingClient late = new RecordingClient("guest");
    report(aggregator, p0, false);
    world.advance(SECOND.multipliedBy(3));
    assertThat(aggregator.state()).isEqualTo(AggregatorState.SWAPPED);

    world.run(() -> aggregator.addClient(late));
    world.advance(SECOND);

    assertThat(late.calls()).containsExactly("admit p1", "map p1");
  }

  @Test
  void what_waits_for_a_failover_happens_when_it_is_over_and_at_once_if_there_is_none() {
    LinkAggregator aggregator = activeStandby(AggregatorConfig.DEFAULT.withStepDelay(SECOND));
    List<String> settled = new ArrayList<>();
    aggregator.whenSettled(() -> settled.add("before"));
    report(aggregator, p0, false);

    aggregator.whenSettled(() -> settled.add("first"));
    aggregator.whenSettled(() -> settled.add("second"));

    assertThat(settled).containsExactly("before");
    world.advance(SECOND.multipliedBy(4));
    assertThat(settled).containsExactly("before", "first", "second");
  }

  @Test
  void an_active_nic_that_fails_on_the_way_is_active_no_longer() {
    LinkAggregator aggregator = activeStandby(AggregatorConfig.DEFAULT.withStepDelay(SECOND));
    report(aggregator, p0, false);
    world.advance(SECOND.multipliedBy(3));
    assertThat(aggregator.activeName()).isEqualTo("p1");
    guest.calls();

    report(aggregator, p1, false);
    world.advance(SECOND);

    assertThat(aggregator.state()).isEqualTo(AggregatorState.UNMAPPED);
    assertThat(aggregator.activeName()).isNull();
    assertThat(guest.calls()).containsExactly("dismiss p1");
  }

  @Test
  void a_switch_by_hand_in_the_course_of_a_failover_does_not_begin_it_anew() {
    LinkAggregator aggregator = activeStandby(AggregatorConfig.DEFAULT.withStepDelay(SECOND));
    report(aggregator, p0, false);
    world.advance(SECOND);

    aggregator.switchTo("p1");

    assertThat(aggregator.state()).isEqualTo(AggregatorState.UNMAPPED);
    world.advance(SECOND.multipliedBy(3));
    assertThat(aggregator.state()).isEqualTo(AggregatorState.NORMAL);
  }

  @Test
  void one_that_the_policy_does_not_want_can_be_made_active_by_hand() {
    LinkAggregator aggregator =
        activeStandby(AggregatorConfig.DEFAULT.withPolicy((healthy, failed) -> null));
    assertThat(aggregator.state()).isEqualTo(AggregatorState.NO_UPLINK);

    aggregator.switchTo("p1");

    assertThat(aggregator.activeName()).isEqualTo("p1");
  }

  @Test
  void a_policy_may_answer_with_an_equal_candidate() {
    FailoverPolicy last =
        (healthy, failed) -> {
          Candidate one = healthy.get(healthy.size() - 1);
          return new Candidate(
              one.name(), one.order(), one.speed(), one.failures(), one.healthySinceNanos());
        };

    assertThat(activeStandby(AggregatorConfig.DEFAULT.withPolicy(last)).activeName())
        .isEqualTo("p1");
  }

  @Test
  void a_policy_is_not_asked_about_one_that_was_repaired_and_has_failed_again() {
    List<String> asked = new ArrayList<>();
    FailoverPolicy policy =
        new FailoverPolicy() {
          @Override
          public Candidate choose(List<Candidate> healthy, @Nullable Candidate failed) {
            return healthy.get(0);
          }

          @Override
          public boolean replaces(Candidate active, Candidate repaired) {
            asked.add(repaired.name() + " for " + active.name());
            return true;
          }
        };
    LinkAggregator aggregator =
        activeStandby(AggregatorConfig.DEFAULT.withStepDelay(SECOND).withPolicy(policy));
    report(aggregator, p0, false);
    world.advance(SECOND.multipliedBy(3));
    report(aggregator, p0, true);
    report(aggregator, p0, false);

    world.advance(SECOND.multipliedBy(10));

    assertThat(asked).isEmpty();
    assertThat(aggregator.activeName()).isEqualTo("p1");
    report(aggregator, p0, true);
    assertThat(asked).containsExactly("p0 for p1");
  }

  // ---- health ----

  @Test
  void lost_probes_count_at_once_and_the_link_that_was_down_does_not_count_again() {
    LinkAggregator aggregator = activeStandby(AggregatorConfig.DEFAULT);
    aggregator.configure(AggregatorConfig.DEFAULT.withDownDelay(SECOND));
    report(aggregator, p0, false);
    assertThat(aggregator.activeName()).isEqualTo("p0");

    world.run(() -> aggregator.probesLost(p0));
    assertThat(aggregator.activeName()).isEqualTo("p1");
    world.advance(SECOND);

    assertThat(world.journal().events(EventKind.FAILURE_DETECTED))
        .containsExactly(Event.failureDetected("p0"));
  }

  @Test
  void one_that_is_used_before_its_up_delay_is_over_is_not_repaired_again_then() {
    LinkAggregator aggregator = activeStandby(AggregatorConfig.DEFAULT.withUpDelay(SECOND));
    report(aggregator, p1, false);
    report(aggregator, p1, true);

    report(aggregator, p0, false);
    assertThat(aggregator.activeName()).isEqualTo("p1");
    world.advance(SECOND);

    assertThat(world.journal().events(EventKind.REPAIR_DETECTED))
        .containsExactly(Event.repairDetected("p1"));
  }

  // ---- active/active ----

  @Test
  void a_guest_is_on_all_active_nics_but_the_failed_one() {
    LinkAggregator aggregator = activeActive(p0, p1);
    assertThat(guest.calls()).containsExactly("map p0", "admit p1", "map p1");
    assertThat(aggregator.activeName()).isEqualTo("p0");
    assertThat(aggregator.aggregation()).isEqualTo(Aggregation.ACTIVE_ACTIVE);

    report(aggregator, p1, false);
    assertThat(guest.calls()).containsExactly("unmap p1", "dismiss p1");
    report(aggregator, p1, true);
    assertThat(guest.calls()).containsExactly("admit p1", "map p1");
    report(aggregator, p1, true);
    assertThat(guest.calls()).isEmpty();
  }

  @Test
  void a_guest_that_ends_is_taken_from_all_active_nics() {
    LinkAggregator aggregator = activeActive(p0, p1);
    guest.calls();

    world.run(() -> aggregator.removeClient(guest));

    assertThat(guest.calls()).containsExactly("dismiss p0", "unmap p0", "dismiss p1", "unmap p1");
  }

  @Test
  void the_first_in_the_configured_order_takes_the_place_of_the_first() {
    LinkAggregator aggregator = activeActive(p0, p1, p2);
    report(aggregator, p1, false);
    report(aggregator, p1, true);
    assertThat(aggregator.hostTraffic().ports()).containsExactly("p0", "p1", "p2");

    report(aggregator, p0, false);
    assertThat(aggregator.activeName()).isEqualTo("p1");
    assertThat(aggregator.hostTraffic().ports()).containsExactly("p1", "p2");
    report(aggregator, p0, true);

    assertThat(aggregator.hostTraffic().ports()).containsExactly("p0", "p1", "p2");
    assertThat(aggregator.activeName()).isEqualTo("p1");
  }

  @Test
  void a_nic_that_is_added_without_a_link_carries_nothing_until_it_has_one() {
    LinkAggregator aggregator = activeActive(p0, p1);
    p2.setHealthy(false);

    world.run(() -> aggregator.addMember(p2));
    assertThat(p2.isActive()).isFalse();
    report(aggregator, p2, true);

    assertThat(p2.isActive()).isTrue();
    assertThat(aggregator.activeNames()).containsExactly("p0", "p1", "p2");
  }

  @Test
  void when_the_last_one_fails_the_list_is_empty_whatever_becomes_of_its_packets() {
    for (InFlight inFlight : InFlight.values()) {
      LinkAggregator aggregator = activeActive(p0, p1);
      aggregator.setInFlight(inFlight);

      report(aggregator, p0, false);
      assertThat(aggregator.hostTraffic().ports()).containsExactly("p1");
      report(aggregator, p1, false);

      assertThat(aggregator.hostTraffic().ports()).isEmpty();
      assertThat(aggregator.state()).isEqualTo(AggregatorState.NO_UPLINK);
      assertThat(aggregator.activeName()).isNull();
      report(aggregator, p0, true);
      report(aggregator, p1, true);
      assertThat(aggregator.hostTraffic().ports()).containsExactly("p0", "p1");
    }
  }

  @Test
  void what_waits_in_active_active_happens_when_the_failover_is_over() {
    LinkAggregator aggregator = activeActive(p0, p1);
    aggregator.configure(AggregatorConfig.DEFAULT.withStepDelay(SECOND));
    report(aggregator, p0, false);
    report(aggregator, p1, false);
    List<String> settled = new ArrayList<>();

    aggregator.whenSettled(() -> settled.add("now"));

    assertThat(settled).isEmpty();
    assertThat(aggregator.state()).isEqualTo(AggregatorState.DETECTED);
    world.advance(SECOND.multipliedBy(3));
    assertThat(settled).containsExactly("now");
  }

  @Test
  void what_waits_until_all_is_sent_waits_for_each_nic_and_happens_once() {
    LinkAggregator aggregator = activeActive(p0, p1);
    List<String> done = new ArrayList<>();
    p0.setBusy();
    p1.setBusy();

    world.run(() -> aggregator.whenSent(() -> done.add("first")));
    assertThat(done).isEmpty();
    p0.sendAll();
    assertThat(done).isEmpty();
    p1.sendAll();
    assertThat(done).containsExactly("first");

    world.run(() -> aggregator.whenSent(() -> done.add("second")));
    assertThat(done).containsExactly("first", "second");
  }

  @Test
  void a_nic_without_a_switch_of_its_own_sends_groups_as_all_else() {
    Packet packet = Packets.arp().gratuitous(p0.mac(), new Ipv4Address(1)).toPacket();

    p0.transmitToWire(packet);

    assertThat(p0.sent()).containsExactly(packet);
  }

  @Test
  void an_aggregation_tells_what_it_is() {
    LinkAggregator aggregator = activeStandby(AggregatorConfig.DEFAULT);

    assertThat(aggregator.world()).isSameAs(world);
    assertThat(aggregator.name()).isEqualTo("aggr0");
    assertThat(aggregator.aggregation()).isEqualTo(Aggregation.ACTIVE_STANDBY);
  }
}
