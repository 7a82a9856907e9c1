// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.aggregate;

import static dev.ringside.TestLabs.number;
import static dev.ringside.TestLabs.numbers;
import static dev.ringside.trace.Event.announced;
import static dev.ringside.trace.Event.failureDetected;
import static dev.ringside.trace.Event.functionMapped;
import static dev.ringside.trace.Event.functionUnmapped;
import static dev.ringside.trace.Event.pnicActivated;
import static dev.ringside.trace.Event.pnicDeactivated;
import static dev.ringside.trace.Event.standbyChosen;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ringside.Lab;
import dev.ringside.TestLabs;
import dev.ringside.packet.Packet;
import dev.ringside.packet.Packets;
import dev.ringside.trace.Event;
import dev.ringside.trace.EventKind;
import dev.ringside.trace.Stage;
import dev.ringside.virt.VnicPath;
import dev.ringside.vm.VirtualMachine;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The order of the steps binds: section 4 of the specification. */
class FailoverOrderTest {

  private static final Duration STEP = Duration.ofMillis(1);

  private static final Set<EventKind> STEPS =
      EnumSet.of(
          EventKind.FAILURE_DETECTED,
          EventKind.FUNCTION_UNMAPPED,
          EventKind.STANDBY_CHOSEN,
          EventKind.PNIC_DEACTIVATED,
          EventKind.PNIC_ACTIVATED,
          EventKind.ANNOUNCED,
          EventKind.FUNCTION_MAPPED);

  @RegisterExtension final TestLabs labs = new TestLabs();

  private static List<Event> steps(Lab lab, int from) {
    List<Event> steps = new ArrayList<>(lab.journal().events().subList(from, all(lab)));
    steps.removeIf(event -> !STEPS.contains(event.kind()));
    return steps;
  }

  private static int all(Lab lab) {
    return lab.journal().events().size();
  }

  @Test
  void takes_the_steps_in_the_order_of_the_specification_for_all_guests() {
    Lab lab = labs.open();
    int before = all(lab);

    lab.host().pnic("p0").fail();

    assertThat(steps(lab, before))
        .containsExactly(
            failureDetected("p0"),
            functionUnmapped("vm1", "p0"),
            functionUnmapped("vm2", "p0"),
            standbyChosen("p1"),
            pnicDeactivated("p0"),
            pnicActivated("p1"),
            announced("vm1", "p1"),
            announced("vm2", "p1"),
            functionMapped("vm1", "p1"),
            functionMapped("vm2", "p1"));
  }

  @Test
  void shows_each_state_between_the_steps() {
    Lab lab = labs.open(host -> host.pnics(2).virtualFunctions(1).vms("web").aggregator(slow()));
    LinkAggregator aggregator = lab.host().aggregator();
    VirtualMachine web = lab.vm("web");

    lab.host().pnic("p0").fail();
    assertThat(aggregator.state()).isEqualTo(AggregatorState.DETECTED);
    assertThat(web.directAccessThrough()).isEqualTo("p0");
    assertThat(aggregator.activeName()).isEqualTo("p0");

    lab.advance(STEP);
    assertThat(aggregator.state()).isEqualTo(AggregatorState.UNMAPPED);
    assertThat(web.directAccessThrough()).isNull();
    assertThat(lab.host().vnic("web").path()).isEqualTo(VnicPath.SWITCHED);
    assertThat(aggregator.activeName()).isEqualTo("p0");

    lab.advance(STEP);
    assertThat(aggregator.state()).isEqualTo(AggregatorState.CHOSEN);
    assertThat(lab.host().pnic("p1").isActive()).isFalse();

    lab.advance(STEP);
    assertThat(aggregator.state()).isEqualTo(AggregatorState.SWAPPED);
    assertThat(lab.host().pnic("p0").isActive()).isFalse();
    assertThat(lab.host().pnic("p1").isActive()).isTrue();
    assertThat(web.directAccessThrough()).isNull();

    lab.advance(STEP);
    assertThat(aggregator.state()).isEqualTo(AggregatorState.NORMAL);
    assertThat(web.directAccessThrough()).isEqualTo("p1");
    assertThat(lab.host().vnic("web").through()).isEqualTo("p1/vf0");
  }

  @Test
  void takes_the_slow_path_through_the_virtual_switch_in_both_directions_until_mapped() {
    Lab lab = labs.open(host -> host.pnics(2).virtualFunctions(1).vms("web").aggregator(slow()));
    VirtualMachine web = lab.vm("web");
    lab.host().pnic("p0").fail();
    lab.advance(STEP.multipliedBy(3));
    assertThat(lab.host().aggregator().state()).isEqualTo(AggregatorState.SWAPPED);

    Packet out = web.send(number(1, lab.wire()));
    Packet in = lab.wire().send(number(2, web));

    assertThat(places(lab, out))
        .containsSubsequence("web/vnic0", "vswitch", "aggr0", "p1", "switch", "station")
        .doesNotContain("p1/vf0", "p0");
    assertThat(places(lab, in))
        .containsSubsequence("switch", "p1", "vswitch", "web/vnic0", "web")
        .doesNotContain("p1/vf0", "p0");
    assertThat(numbers(lab.wire().received())).containsExactly(1);
    assertThat(numbers(web.received())).containsExactly(2);

    lab.advance(STEP);
    assertThat(lab.trace(web.send(number(3, lab.wire()))).passed(Stage.VIRTUAL_SWITCH)).isFalse();
    assertThat(lab.trace(lab.wire().send(number(4, web))).passed(Stage.VIRTUAL_SWITCH)).isFalse();
  }

  private static List<String> places(Lab lab, Packet packet) {
    return lab.trace(packet).hops().stream().map(hop -> hop.place()).toList();
  }

  @Test
  void the_guest_keeps_its_addresses_and_peers_notice_nothing() {
    Lab lab = labs.open(host -> host.pnics(2).virtualFunctions(1).vms("web").aggregator(slow()));
    VirtualMachine web = lab.vm("web");
    Packet before = web.send(number(1, lab.wire()));
    lab.host().pnic("p0").fail();
    for (int i = 0; i < 5; i++) {
      Packet sent = web.send(number(1, lab.wire()));
      assertThat(sent.hasSameBytes(before)).isTrue();
      lab.advance(STEP);
    }

    assertThat(numbers(lab.wire().received())).hasSize(6);
    assertThat(lab.wire().received())
        .filteredOn(packet -> packet.is(17))
        .allMatch(packet -> packet.hasSameBytes(before));
  }

  @Test
  void a_deactivated_nic_sends_and_receives_nothing() {
    Lab lab = labs.open();
    lab.host().aggregator().switchTo("p1");
    long sent = lab.host().pnic("p0").counters().sentPackets();

    lab.vm("vm1").send(number(1, lab.wire()));
    lab.vm("vm1").ping(lab.vm("vm2"));
    lab.wire().send(Packets.arp().request().to(lab.vm("vm2")));

    assertThat(lab.host().pnic("p0").counters().sentPackets()).isEqualTo(sent);
    assertThat(lab.host().pnic("p0").account().dropped(dev.ringside.trace.DropReason.PNIC_INACTIVE))
        .isEqualTo(lab.host().pnic("p0").account().received());
  }

  @Test
  void exactly_one_nic_is_active_after_a_lab_is_opened() {
    Lab lab = labs.open(host -> host.pnics(3).virtualFunctions(2).vms("a", "b"));

    assertThat(lab.host().aggregator().activeName()).isEqualTo("p0");
    assertThat(lab.host().aggregator().state()).isEqualTo(AggregatorState.NORMAL);
    assertThat(lab.host().aggregator().memberNames()).containsExactly("p0", "p1", "p2");
    assertThat(lab.journal().events(EventKind.ANNOUNCED)).isEmpty();
  }

  @Test
  void several_failures_in_a_row_leak_no_function() {
    Lab lab = labs.open(host -> host.pnics(3).virtualFunctions(3).vms("a", "b"));
    for (int i = 0; i < 30; i++) {
      String active = lab.host().aggregator().activeName();
      assertThat(active).isNotNull();
      lab.host().pnic(active).fail();
      TestLabs.checkLaws(lab);
      lab.host().pnic(active).repair();
      TestLabs.checkLaws(lab);
    }

    assertThat(lab.host().pnics())
        .allSatisfy(
            nic -> {
              assertThat(nic.virtualFunctions()).hasSize(3);
              assertThat(nic.virtualFunctions())
                  .filteredOn(function -> function.owner() != null)
                  .hasSize(nic.isActive() ? 2 : 0);
            });
  }

  private static AggregatorConfig slow() {
    return AggregatorConfig.DEFAULT.withStepDelay(STEP);
  }
}
