// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.monitor;

import static dev.ringside.TestLabs.losses;
import static dev.ringside.TestLabs.range;
import static dev.ringside.monitor.MonitorBench.web;
import static dev.ringside.monitor.UserMemory.slots;
import static dev.ringside.monitor.UserMemory.userMemory;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ringside.Lab;
import dev.ringside.LabBuilder;
import dev.ringside.TestLabs;
import dev.ringside.aggregate.Aggregation;
import dev.ringside.flow.Destination;
import dev.ringside.flow.FlowDialect;
import dev.ringside.flow.FlowTable;
import dev.ringside.inspect.Inspect;
import dev.ringside.packet.Packets;
import dev.ringside.trace.DropReason;
import dev.ringside.trace.Event;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Rules that change, applications that leave, crash and fail over. */
class MonitorLifeTest {

  @RegisterExtension final TestLabs labs = new TestLabs();

  private final MonitorBench bench = new MonitorBench(labs);

  private Monitor monitor(MonitorConfig config) {
    return bench.host.monitor(web(), userMemory(slots(8)), config);
  }

  // ---- rules ----

  @Test
  void leaves_packets_in_a_ring_as_they_were_classified_when_the_rule_changes() {
    Monitor monitor = monitor(MonitorConfig.polled());
    bench.sendWeb(1, 2);

    monitor.watch(Packets.udp());
    bench.sendWeb(3);
    bench.sendOther(4);

    assertThat(monitor.poll(9).captures())
        .extracting(capture -> capture.packet().destinationPort())
        .containsExactly(80, 80, 4);
    assertThat(bench.webBeyond()).containsExactly(3);
  }

  @Test
  void is_a_pure_bridge_once_the_rule_is_removed() {
    Monitor monitor = monitor(MonitorConfig.polled());
    bench.sendWeb(1);

    monitor.stop();
    monitor.stop();
    bench.sendWeb(2, 3);

    assertThat(monitor.state()).isEqualTo(MonitorState.STOPPED);
    assertThat(monitor.cards()).isEmpty();
    assertThat(bench.webBeyond()).containsExactly(2, 3);
    assertThat(web(monitor.poll(9))).containsExactly(1);
    assertThat(bench.lab.journal().events())
        .contains(Event.monitorRemoved("monitor0", "p0"), Event.monitorRemoved("monitor0", "p1"));
  }

  @Test
  void changes_its_rule_in_the_middle_of_a_burst() {
    Monitor monitor = monitor(MonitorConfig.DEFAULT);
    for (int i = 1; i <= 9; i++) {
      if (i == 4) {
        monitor.watch(Packets.udp());
      }
      if (i == 7) {
        monitor.watch(web());
      }
      bench.sendWeb(i);
    }

    assertThat(web(monitor.captured())).containsExactly(1, 2, 3, 7, 8, 9);
    assertThat(bench.webBeyond()).containsExactly(4, 5, 6);
  }

  @Test
  void never_sees_what_is_steered_aside() {
    Monitor monitor = monitor(MonitorConfig.DEFAULT);
    bench
        .host
        .pnic("p0")
        .classifier()
        .steering()
        .insert(web().fromPort(2), Destination.drop(DropReason.CONTAINED));

    bench.sendWeb(1, 3);

    assertThat(web(monitor.captured())).containsExactly(1, 3);
  }

  @Test
  void sees_what_guests_send_each_other_on_the_card() {
    Lab lab = labs.open(h -> h.pnics(1).virtualFunctions(2).vms("web", "db"));
    Monitor monitor = lab.host().monitor(Packets.udp(), userMemory(slots(8)));

    lab.vm("web").send(TestLabs.number(1, lab.vm("db")));
    assertThat(TestLabs.numbers(lab.vm("db").received())).isEmpty();
    monitor.captured().get(0).release(Verdict.REINJECT);

    assertThat(TestLabs.numbers(lab.vm("db").received())).containsExactly(1);
  }

  // ---- the application ----

  @Test
  void lets_packets_go_on_once_the_application_has_died() {
    Monitor monitor = monitor(MonitorConfig.polled());
    bench.sendWeb(1, 2);
    Capture held = monitor.poll(1).get(0);

    monitor.die();
    monitor.die();
    bench.sendWeb(3);

    assertThat(bench.webBeyond()).containsExactly(3);
    assertThat(monitor.state()).isEqualTo(MonitorState.DEAD);
    assertThat(monitor.ring("p0").account().dropped(DropReason.TARGET_GONE)).isEqualTo(1);
    assertThat(bench.lab.ledger().expectsDrops(DropReason.TARGET_GONE)).isTrue();
    assertThat(bench.lab.journal().events()).contains(Event.monitorDied("monitor0"));
    assertThat(Inspect.topology(bench.lab.hosts()))
        .contains(
            "\n    monitor monitor0 of tcp port 80 (DEAD, 1 captured, user memory has 1 of 8"
                + " slots in use)\n");
    assertThatThrownBy(held::packet)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("the user memory of monitor monitor0 is gone: its application has died");
    assertThatThrownBy(() -> monitor.poll(1)).isInstanceOf(IllegalStateException.class);
    assertThat(held.isHeld()).isFalse();
  }

  @Test
  void lets_nothing_pass_once_the_application_has_died_if_it_fails_closed() {
    Monitor monitor = monitor(MonitorConfig.DEFAULT.failClosed());
    bench.sendWeb(1);

    monitor.die();
    bench.sendWeb(2, 3);
    bench.sendOther(4);

    assertThat(bench.webBeyond()).isEmpty();
    assertThat(bench.othersBeyond()).containsExactly(4);
    assertThat(losses(bench.lab)).isEqualTo(Map.of(DropReason.TARGET_GONE, 2L));
    monitor.close();
    bench.sendWeb(5);
    assertThat(bench.webBeyond()).containsExactly(5);
    assertThat(monitor.state()).isEqualTo(MonitorState.DEAD);
  }

  @Test
  void stops_when_the_application_dies_in_the_middle_of_a_batch() {
    Monitor monitor = monitor(MonitorConfig.DEFAULT.interrupt(4, Duration.ZERO).batch(2));
    monitor.onBatch(batch -> monitor.die());

    bench.sendWeb(1, 6);

    assertThat(monitor.capturedInAll()).isEqualTo(2);
    assertThat(bench.webBeyond()).containsExactly(5, 6);
    assertThat(losses(bench.lab)).isEqualTo(Map.of(DropReason.TARGET_GONE, 2L));
  }

  @Test
  void loses_what_waits_when_the_application_leaves_which_is_told() {
    Monitor monitor = monitor(MonitorConfig.polled());
    bench.sendWeb(1);

    monitor.close();
    monitor.close();

    assertThat(monitor.state()).isEqualTo(MonitorState.CLOSED);
    assertThat(losses(bench.lab)).isEqualTo(Map.of(DropReason.TARGET_GONE, 1L));
    assertThat(bench.lab.ledger().expectsDrops(DropReason.TARGET_GONE)).isFalse();
    assertThatThrownBy(monitor::captured)
        .hasMessage("the user memory of monitor monitor0 is gone: its application was closed");
  }

  @Test
  void ends_a_timer_with_the_application() {
    Monitor monitor = monitor(MonitorConfig.DEFAULT.interrupt(9, Duration.ofNanos(50)));
    bench.sendWeb(1);
    monitor.die();
    bench.lab.advance(Duration.ofNanos(100));

    assertThat(monitor.notices()).isZero();
  }

  // ---- what is refused ----

  @Test
  void refuses_to_watch_what_another_monitor_watches_and_leaves_no_trace_of_the_attempt() {
    monitor(MonitorConfig.named("ids"));

    assertThatThrownBy(() -> monitor(MonitorConfig.named("tap")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "flow table p0/monitoring already has tcp port 80 -> ring p0/ids; cannot add tcp port"
                + " 80 -> ring p0/tap");
    assertThat(bench.host.monitors()).hasSize(1);
    assertThat(bench.host.pnic("p0").classifier().monitoring().size()).isEqualTo(1);
  }

  @Test
  void keeps_the_order_of_monitors_on_a_card_that_goes_by_priorities() {
    Lab lab = labs.open(h -> h.pnics(1).vms("web"));
    lab.host().pnic("p0").classifier().setDialect(FlowDialect.PRIORITIES);
    Monitor first = lab.host().monitor(Packets.udp(), userMemory(slots(8)));
    Monitor second = lab.host().monitor(Packets.ip(), userMemory(slots(8)));

    lab.wire().send(TestLabs.number(1, lab.vm("web")));
    lab.wire().send(Packets.icmp().to(lab.vm("web")));

    assertThat(first.captured()).hasSize(1);
    assertThat(second.captured()).hasSize(1);
  }

  @Test
  void refuses_a_name_that_is_taken_and_memory_that_is_used() {
    UserMemory memory = userMemory(slots(1));
    bench.host.monitor(web(), memory, MonitorConfig.named("ids"));

    assertThatThrownBy(
            () -> bench.host.monitor(web(), userMemory(slots(1)), MonitorConfig.named("ids")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("host h1 already has a monitor named 'ids'; choose another");
    assertThatThrownBy(() -> bench.host.monitor(web(), memory))
        .hasMessage("this user memory belongs to monitor ids; make another for monitor1");
  }

  @Test
  void refuses_a_threshold_that_a_ring_can_never_reach() {
    assertThatThrownBy(
            () ->
                bench.host.monitor(
                    web(),
                    userMemory(slots(1)),
                    MonitorConfig.named("ids").interrupt(9, Duration.ZERO).withRingCapacity(8)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "threshold 9 of monitor ids can never be reached: its ring on p0 holds 8 packets");
    assertThat(bench.host.monitors()).isEmpty();
  }

  @Test
  void refuses_numbers_out_of_range() {
    assertThatThrownBy(() -> MonitorConfig.DEFAULT.interrupt(0, Duration.ZERO))
        .hasMessage("threshold 0 of a monitor is not in 1 to 1048576");
    assertThatThrownBy(() -> MonitorConfig.DEFAULT.interrupt(1, Duration.ofNanos(-1)))
        .hasMessage("timer PT-0.000000001S of a monitor must not be negative");
    assertThatThrownBy(() -> MonitorConfig.DEFAULT.batch(0))
        .hasMessage("batch 0 of a monitor is not in 1 to 1048576");
    assertThatThrownBy(() -> MonitorConfig.DEFAULT.withRingCapacity(-1))
        .hasMessage("ring capacity -1 of a monitor is not in 0 to 1048576");
  }

  @Test
  void names_the_cards_it_has_rings_on() {
    Monitor monitor = monitor(MonitorConfig.DEFAULT);

    assertThatThrownBy(() -> monitor.ring("p7"))
        .hasMessage("monitor monitor0 has no ring on a card 'p7'; it is on [p0, p1]");
  }

  @Test
  void tells_the_monitors_of_several_hosts_apart() {
    LabBuilder builder = Lab.builder();
    builder.host("h1").vms("web");
    builder.host("h2").vms("db");
    Lab lab = labs.open(builder);
    Monitor one = lab.host("h1").monitor(Packets.udp(), userMemory(slots(8)));
    Monitor other = lab.host("h2").monitor(Packets.udp(), userMemory(slots(8)));

    lab.vm("web").send(TestLabs.number(1, lab.vm("db")));

    assertThat(one.captured()).isEmpty();
    assertThat(other.captured()).hasSize(1);
    assertThat(other.account().name()).isEqualTo("h2/monitor0");
    assertThat(other.ring("p0").name()).isEqualTo("h2/p0/monitor0");
    assertThat(other.rest().get(0).card()).isEqualTo("h2/p0");
  }

  // ---- failover ----

  @Test
  void is_on_the_card_that_takes_over_before_packets_come() {
    Lab lab = labs.open(h -> h.pnics(2).virtualFunctions(2).vms("web"));
    Monitor monitor =
        lab.host().monitor(Packets.udp(), userMemory(slots(8)), MonitorConfig.polled());
    lab.wire().send(TestLabs.number(1, lab.vm("web")));
    assertThat(monitor.cards()).containsExactly("p0");

    lab.host().pnic("p0").fail();
    lab.wire().send(TestLabs.number(2, lab.vm("web")));

    assertThat(monitor.cards()).containsExactly("p1");
    assertThat(TestLabs.numbers(lab.vm("web").received())).isEmpty();
    assertThat(monitor.poll(9).captures())
        .extracting(capture -> capture.packet().destinationPort())
        .containsExactly(2);
    assertThat(monitor.ring("p0").account().dropped(DropReason.PNIC_FAILED)).isEqualTo(1);
    List<Event> events = lab.journal().events();
    assertThat(events.indexOf(Event.monitorInstalled("monitor0", "p1")))
        .isPositive()
        .isLessThan(events.indexOf(Event.pnicActivated("p1")))
        .isLessThan(events.indexOf(Event.functionMapped("web", "p1")));
  }

  @Test
  void keeps_what_waits_in_a_ring_when_another_card_takes_over_without_a_failure() {
    Lab lab = labs.open(h -> h.pnics(2).vms("web"));
    Monitor monitor =
        lab.host().monitor(Packets.udp(), userMemory(slots(8)), MonitorConfig.polled());
    lab.wire().send(TestLabs.number(1, lab.vm("web")));

    lab.host().aggregator().switchTo("p1");
    lab.wire().send(TestLabs.number(2, lab.vm("web")));
    monitor.poll(9).release(Verdict.REINJECT);

    assertThat(TestLabs.numbers(lab.vm("web").received())).isEqualTo(range(1, 2));
    assertThat(losses(lab)).isEmpty();
  }

  @Test
  void stays_closed_on_the_card_that_takes_over() {
    Lab lab = labs.open(h -> h.pnics(2).vms("web"));
    Monitor monitor =
        lab.host()
            .monitor(Packets.udp(), userMemory(slots(8)), MonitorConfig.polled().failClosed());
    monitor.die();
    lab.host().pnic("p0").fail();
    lab.wire().send(TestLabs.number(1, lab.vm("web")));

    assertThat(TestLabs.numbers(lab.vm("web").received())).isEmpty();
    assertThat(monitor.ring("p1").account().dropped(DropReason.TARGET_GONE)).isEqualTo(1);
  }

  @Test
  void is_on_a_card_that_is_added_later_where_cards_are_not_aggregated() {
    Monitor monitor = monitor(MonitorConfig.DEFAULT);
    bench.host.addPnic();

    assertThat(monitor.cards()).containsExactly("p0", "p1", "p2");
  }

  @Test
  void changes_its_rule_on_all_cards_or_on_none() {
    Lab lab = labs.open(h -> h.pnics(2).aggregation(Aggregation.NONE).vms("web"));
    Monitor monitor = lab.host().monitor(Packets.udp(), userMemory(slots(4)));
    FlowTable first = lab.host().pnic("p0").classifier().monitoring();
    FlowTable second = lab.host().pnic("p1").classifier().monitoring();
    second.append(Packets.tcp(), Destination.ring(0));

    assertThatThrownBy(() -> monitor.watch(Packets.tcp()))
        .hasMessage(
            "flow table p1/monitoring already has tcp -> ring 0; cannot add tcp -> ring"
                + " p1/monitor0");

    assertThat(monitor.matcher()).hasToString("udp");
    assertThat(first.entries().toString()).isEqualTo("[udp -> ring p0/monitor0]");
    assertThat(second.entries().toString()).isEqualTo("[udp -> ring p1/monitor0, tcp -> ring 0]");
  }
}
