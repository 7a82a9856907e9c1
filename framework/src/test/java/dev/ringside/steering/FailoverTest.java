// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.steering;

import static dev.ringside.packet.Packets.tcp;
import static dev.ringside.packet.Packets.udp;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ringside.Lab;
import dev.ringside.TestLabs;
import dev.ringside.aggregate.AggregatorConfig;
import dev.ringside.host.Host;
import dev.ringside.nic.NicConfig;
import dev.ringside.packet.TcpSpec;
import dev.ringside.trace.DropReason;
import dev.ringside.trace.Event;
import dev.ringside.vm.VirtualMachine;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Two cards, active/standby; web has direct access through the active one. */
class FailoverTest {

  @RegisterExtension private final TestLabs labs = new TestLabs();

  private final Lab lab = labs.open(host -> host.pnics(2).virtualFunctions(2).vms("web"));
  private final Host host = lab.host();
  private final VirtualMachine web = lab.vm("web");
  private final TcpSpec syn = tcp().syn().to(web).port(80);

  @Test
  void puts_the_signature_on_the_card_that_takes_over_before_its_functions_are_mapped() {
    Containment flood = host.steering().contain(syn);
    assertThat(flood.standbyRings()).containsExactly(host.pnic("p0").standbyRing());

    host.pnic("p0").fail();

    String signature = "tcp syn to 198.18.0.1 port 80";
    assertThat(lab.journal().events())
        .containsSubsequence(
            Event.containmentRemoved(signature, "p0"),
            Event.containmentInstalled(signature, "p1"),
            Event.pnicActivated("p1"),
            Event.functionMapped("web", "p1"));
    assertThat(flood.standbyRings()).containsExactly(host.pnic("p1").standbyRing());
    lab.wire().send(syn);
    lab.wire().send(udp().to(web).port(9));
    assertThat(host.pnic("p1").standbyRing().packets()).hasSize(1);
    assertThat(web.received()).hasSize(1);
    assertThat(host.pnic("p0").classifier().steering().isEmpty()).isTrue();
  }

  @Test
  void leaks_nothing_in_any_step_of_a_slow_failover() {
    host.aggregator().configure(AggregatorConfig.DEFAULT.withStepDelay(Duration.ofMillis(1)));
    host.steering().contain(syn);
    host.pnic("p0").fail();

    for (int i = 0; i < 100; i++) {
      lab.wire().send(syn);
      lab.advance(Duration.ofNanos(100_000));
    }

    assertThat(web.received()).isEmpty();
    assertThat(web.directAccessThrough()).isEqualTo("p1");
  }

  @Test
  void keeps_the_newest_signature_first_on_the_card_that_takes_over() {
    Lab two =
        labs.open(host -> host.nic(NicConfig.DEFAULT.withStandbyRings(2)).pnics(2).vms("web"));
    Host there = two.host();
    there.steering().contain(tcp().syn());
    there.steering().contain(tcp().port(80));

    there.pnic("p0").fail();
    two.wire().send(tcp().syn().to(two.vm("web")).port(80));

    assertThat(there.pnic("p1").standbyRing(0).packets()).isEmpty();
    assertThat(there.pnic("p1").standbyRing(1).packets()).hasSize(1);
  }

  @Test
  void contains_in_software_where_the_card_that_takes_over_has_no_room() {
    Lab small =
        labs.open(host -> host.nic(NicConfig.DEFAULT.withSteeringEntries(1)).pnics(2).vms("web"));
    Host there = small.host();
    there
        .pnic("p1")
        .classifier()
        .steering()
        .insert(tcp().port(22), dev.ringside.flow.Destination.drop());
    Containment flood = there.steering().contain(tcp().syn().port(80));

    there.pnic("p0").fail();
    small.wire().send(tcp().syn().to(small.vm("web")).port(80));

    assertThat(flood.isDegraded()).isTrue();
    assertThat(small.vm("web").received()).isEmpty();
    assertThat(small.ledger().dropped(DropReason.CONTAINED_SW)).isEqualTo(1);
  }

  @Test
  void is_on_every_card_where_all_are_active_and_on_one_that_is_put_in_later() {
    Lab single = labs.open(host -> host.vms("web"));
    Containment flood = single.host().steering().contain(tcp().syn());
    single.host().addPnic();

    assertThat(flood.standbyRings()).hasSize(2);
    flood.remove();
    assertThat(single.host().pnic("p1").classifier().steering().isEmpty()).isTrue();
  }

  @Test
  void discards_what_a_card_contains_that_is_switched_away_from() {
    host.steering().contain(syn);
    lab.wire().send(syn);

    host.aggregator().switchTo("p1");

    assertThat(host.pnic("p0").standbyRing().account().dropped(DropReason.CONTAINED)).isEqualTo(1);
    assertThat(List.copyOf(host.steering().containments())).hasSize(1);
  }
}
