// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.aggregate;

import static dev.ringside.TestLabs.losses;
import static dev.ringside.TestLabs.number;
import static dev.ringside.TestLabs.numbers;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ringside.Lab;
import dev.ringside.TestLabs;
import dev.ringside.packet.EtherType;
import dev.ringside.packet.Packet;
import dev.ringside.packet.Packets;
import dev.ringside.trace.DropReason;
import dev.ringside.trace.EventKind;
import dev.ringside.vm.VirtualMachine;
import dev.ringside.wire.Selector;
import dev.ringside.wire.WireFault;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Failures that no link tells of. */
class ProbeTest {

  private static final Duration INTERVAL = Duration.ofMillis(100);

  @RegisterExtension final TestLabs labs = new TestLabs();

  private Lab probing() {
    Lab lab = labs.open();
    lab.host().probe(new ProbeConfig(lab.wire().ipv4(), INTERVAL, 3));
    return lab;
  }

  private static String active(Lab lab) {
    return String.valueOf(lab.host().aggregator().activeName());
  }

  @Test
  void answered_probes_change_nothing() {
    Lab lab = probing();

    lab.advance(Duration.ofSeconds(10));

    assertThat(active(lab)).isEqualTo("p0");
    assertThat(lab.journal().events(EventKind.FAILURE_DETECTED)).isEmpty();
    assertThat(lab.wire().received())
        .filteredOn(packet -> packet.etherType() == EtherType.ARP)
        .hasSize(100);
    assertThat(losses(lab)).isEmpty();
  }

  @Test
  void a_nic_that_hangs_is_replaced_after_so_many_unanswered_probes() {
    Lab lab = probing();
    lab.advance(Duration.ofMillis(250));
    lab.host().pnic("p0").hang();
    lab.advance(Duration.ofMillis(300));
    assertThat(active(lab)).isEqualTo("p0");

    lab.advance(Duration.ofMillis(100));

    assertThat(active(lab)).isEqualTo("p1");
    assertThat(lab.vm("vm1").directAccessThrough()).isEqualTo("p1");
    lab.vm("vm1").send(number(1, lab.wire()));
    lab.wire().send(number(2, lab.vm("vm1")));
    assertThat(numbers(lab.wire().received())).containsExactly(1);
    assertThat(numbers(lab.vm("vm1").received())).containsExactly(2);
  }

  @Test
  void a_black_hole_behind_a_link_that_is_up_is_found() {
    Lab lab = probing();
    lab.cable("p0").toNetwork().lose(Selector.all());

    lab.advance(Duration.ofSeconds(1));

    assertThat(active(lab)).isEqualTo("p1");
    assertThat(lab.host().aggregator().isHealthy("p0")).isFalse();
    assertThat(lab.host().pnic("p0").isLinkUp()).isTrue();
  }

  @Test
  void answers_that_get_lost_count_as_well() {
    Lab lab = probing();
    lab.cable("p0").toHost().lose(Selector.all());

    lab.advance(Duration.ofSeconds(1));

    assertThat(active(lab)).isEqualTo("p1");
  }

  @Test
  void fewer_losses_in_a_row_than_tolerated_do_not_count() {
    Lab lab = probing();
    WireFault fault =
        lab.cable("p0")
            .toNetwork()
            .lose((packet, number, random) -> isProbe(packet) && number % 3 != 0);

    lab.advance(Duration.ofSeconds(10));

    assertThat(fault.strikes()).isGreaterThan(60);
    assertThat(active(lab)).isEqualTo("p0");
  }

  private static boolean isProbe(Packet packet) {
    return packet.etherType() == EtherType.ARP;
  }

  @Test
  void answers_may_take_longer_than_the_interval() {
    Lab lab = probing();
    lab.cable("p0").toNetwork().setLatency(INTERVAL.plusMillis(50));

    lab.advance(Duration.ofSeconds(5));

    assertThat(active(lab)).isEqualTo("p0");
  }

  @Test
  void guests_traffic_continues_on_the_other_nic_without_loss_after_detection() {
    Lab lab = probing();
    lab.host().pnic("p0").hang();
    lab.vm("vm1").send(number(1, lab.wire()));

    lab.advance(Duration.ofSeconds(1));

    assertThat(numbers(lab.wire().received())).containsExactly(1);
    // The probes that it had not sent, and what the switch floods to it.
    assertThat(losses(lab)).containsOnlyKeys(DropReason.PNIC_FAILED);
    assertThat(lab.host().aggregator().account().dropped(DropReason.PNIC_FAILED)).isEqualTo(3);
  }

  @Test
  void a_standby_is_not_probed() {
    Lab lab = probing();

    lab.advance(Duration.ofSeconds(1));

    assertThat(lab.host().pnic("p1").counters().sentPackets()).isZero();
  }

  @Test
  void a_nic_that_lost_its_probes_is_healthy_again_once_it_changes() {
    Lab lab = probing();
    lab.host().pnic("p0").hang();
    lab.advance(Duration.ofSeconds(1));
    assertThat(lab.host().aggregator().isHealthy("p0")).isFalse();

    lab.host().pnic("p0").repair();

    assertThat(lab.host().aggregator().isHealthy("p0")).isTrue();
    lab.host().pnic("p1").fail();
    lab.advance(Duration.ofSeconds(1));
    assertThat(active(lab)).isEqualTo("p0");
  }

  @Test
  void no_probe_leaves_in_the_course_of_a_failover() {
    Lab lab =
        labs.open(
            host ->
                host.pnics(2)
                    .virtualFunctions(1)
                    .vms("web")
                    .aggregator(AggregatorConfig.DEFAULT.withStepDelay(INTERVAL.multipliedBy(5))));
    lab.host().probe(new ProbeConfig(lab.wire().ipv4(), INTERVAL, 3));
    lab.advance(Duration.ofMillis(50));
    lab.host().pnic("p0").fail();
    lab.advance(Duration.ofSeconds(1));
    lab.host().pnic("p0").repair();
    lab.advance(Duration.ofSeconds(10));

    assertThat(active(lab)).isEqualTo("p1");
    assertThat(lab.host().pnic("p0").counters().sentPackets()).isZero();
    assertThat(losses(lab)).isEmpty();
  }

  @Test
  void probing_ends_when_it_is_ended_and_starts_anew_when_it_is_set_anew() {
    Lab lab = probing();
    lab.host().probe(new ProbeConfig(lab.wire().ipv4(), INTERVAL, 1));
    lab.host().aggregator().stopProbing();
    lab.host().pnic("p0").hang();

    lab.advance(Duration.ofSeconds(10));

    assertThat(active(lab)).isEqualTo("p0");
    assertThat(numbers(lab.wire().received())).isEmpty();
  }

  @Test
  void the_ranges_of_a_configuration_are_checked() {
    Lab lab = labs.open();
    assertThatThrownBy(() -> new ProbeConfig(lab.wire().ipv4(), Duration.ZERO, 3))
        .hasMessage(
            "probing every PT0S tolerating 3 lost: the interval must be positive and the number at"
                + " least 1");
    assertThatThrownBy(() -> new ProbeConfig(lab.wire().ipv4(), INTERVAL, 0))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void answers_end_at_the_aggregator_and_nothing_else_does() {
    Lab lab = labs.open(host -> host.pnics(2).virtualFunctions(0).vms("web"));
    VirtualMachine web = lab.vm("web");
    lab.host().probe(new ProbeConfig(lab.wire().ipv4(), INTERVAL, 3));

    lab.advance(Duration.ofSeconds(1));
    web.send(Packets.udp().to(lab.wire().ipv4()).port(1).payload("n")); // asks by ARP
    lab.wire().send(number(2, web));

    assertThat(lab.host().aggregator().account().delivered()).isEqualTo(10);
    assertThat(numbers(lab.wire().received())).containsExactly(1);
    assertThat(numbers(web.received())).containsExactly(2);
  }

  @Test
  void traffic_of_others_is_no_answer() {
    Lab lab = labs.open(host -> host.pnics(2).virtualFunctions(0).vms("web"));
    lab.host().probe(new ProbeConfig(lab.wire().ipv4(), INTERVAL, 3));
    lab.cable("p0").toNetwork().lose((packet, number, random) -> isProbe(packet));

    for (int i = 0; i < 10; i++) {
      lab.wire().send(number(1, lab.vm("web")));
      lab.advance(INTERVAL);
    }

    assertThat(active(lab)).isEqualTo("p1");
  }

  @Test
  void unanswered_probes_of_the_former_nic_do_not_count_against_the_next() {
    Lab lab = probing();
    lab.cable("p0").toNetwork().lose(Selector.all());
    lab.cable("p1").toNetwork().lose(Selector.all());
    lab.advance(INTERVAL.multipliedBy(3));

    lab.host().aggregator().switchTo("p1");
    lab.advance(INTERVAL.multipliedBy(3));
    assertThat(active(lab)).isEqualTo("p1");
    lab.advance(INTERVAL);

    assertThat(active(lab)).isEqualTo("p0");
  }
}
