// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.aggregate;

import static dev.ringside.TestLabs.number;
import static dev.ringside.TestLabs.numbers;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ringside.Lab;
import dev.ringside.TestLabs;
import dev.ringside.host.VmSpec;
import dev.ringside.packet.EtherType;
import dev.ringside.packet.Packet;
import dev.ringside.trace.EventKind;
import dev.ringside.vm.VirtualMachine;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** How the network learns that guests are behind another NIC. */
class AnnouncementTest {

  @RegisterExtension final TestLabs labs = new TestLabs();

  private Lab announcing(int times) {
    return labs.open(
        host ->
            host.pnics(2)
                .virtualFunctions(2)
                .vms("a", "b")
                .aggregator(AggregatorConfig.DEFAULT.withAnnouncements(times)));
  }

  private static List<String> announced(List<Packet> packets) {
    List<String> kinds = new ArrayList<>();
    for (Packet packet : packets) {
      String from = " " + packet.sourceMac();
      if (packet.etherType() == EtherType.ARP) {
        kinds.add("arp" + from);
      } else if (packet.icmpType() == 136) {
        kinds.add("na" + from);
      }
    }
    return kinds;
  }

  @Test
  void each_guest_is_announced_by_gratuitous_arp_and_unsolicited_advertisement() {
    Lab lab = announcing(1);

    lab.host().pnic("p0").fail();
    lab.advance(Duration.ofSeconds(5));

    String a = lab.vm("a").mac().toString();
    String b = lab.vm("b").mac().toString();
    assertThat(announced(lab.wire().received()))
        .containsExactly("arp " + a, "na " + a, "arp " + b, "na " + b);
    Packet arp = lab.wire().received().get(0);
    assertThat(arp.arpOperation()).isEqualTo(1);
    assertThat(arp.intAt(arp.networkOffset() + 14)).isEqualTo(lab.vm("a").ipv4().bits());
    assertThat(arp.intAt(arp.networkOffset() + 24)).isEqualTo(lab.vm("a").ipv4().bits());
  }

  @Test
  void the_external_switch_learns_where_they_are() {
    Lab lab = announcing(1);
    lab.vm("a").announce();
    assertThat(port(lab, "a")).isEqualTo("p0");
    lab.host().aggregator().switchTo("p1");

    assertThat(port(lab, "a")).isEqualTo("p1");
    assertThat(port(lab, "b")).isEqualTo("p1");
  }

  private static String port(Lab lab, String vm) {
    var port = lab.externalSwitch().portOf(lab.vm(vm).mac(), 1);
    return port == null ? "none" : port.name();
  }

  @Test
  void they_are_announced_as_often_as_wanted() {
    Lab lab = announcing(3);

    lab.host().pnic("p0").fail();
    assertThat(lab.journal().events(EventKind.ANNOUNCED)).hasSize(2);
    lab.advance(Duration.ofMillis(200));
    assertThat(lab.journal().events(EventKind.ANNOUNCED)).hasSize(4);
    lab.advance(Duration.ofSeconds(5));

    assertThat(lab.journal().events(EventKind.ANNOUNCED)).hasSize(6);
    assertThat(announced(lab.wire().received())).hasSize(12);
  }

  @Test
  void another_failover_ends_the_announcements_of_the_former() {
    Lab lab = announcing(4);
    lab.host().pnic("p0").fail();
    lab.advance(Duration.ofMillis(100));
    lab.host().pnic("p0").repair();
    lab.host().pnic("p1").fail(); // to p0
    lab.host().pnic("p1").repair();
    lab.host().pnic("p0").fail(); // to p1 again
    lab.advance(Duration.ofSeconds(5));

    assertThat(lab.journal().events(EventKind.ANNOUNCED)).hasSize((1 + 1 + 4) * 2);
  }

  @Test
  void announcements_end_when_no_nic_is_left() {
    Lab lab = announcing(4);
    lab.host().pnic("p0").fail();
    lab.host().pnic("p1").fail();

    lab.advance(Duration.ofSeconds(5));

    assertThat(lab.journal().events(EventKind.ANNOUNCED)).hasSize(2);
  }

  @Test
  void without_announcements_the_network_learns_from_the_guests_next_packet() {
    Lab lab = announcing(0);
    VirtualMachine a = lab.vm("a");
    a.announce();
    lab.wire().inbox().clear();
    lab.host().pnic("p0").hang();
    lab.host().aggregator().switchTo("p1");
    assertThat(announced(lab.wire().received())).isEmpty();
    assertThat(port(lab, "a")).isEqualTo("p0");

    a.send(number(1, lab.wire()));
    lab.wire().send(number(2, a));

    assertThat(port(lab, "a")).isEqualTo("p1");
    assertThat(numbers(a.received())).containsExactly(2);
  }

  @Test
  void no_guest_gets_its_own_announcement_back() {
    Lab lab = announcing(3);

    lab.host().pnic("p0").fail();
    lab.advance(Duration.ofSeconds(5));

    // The first time both are switched and the announcements go past the virtual switch.
    assertThat(lab.vm("a").stack().account().received()).isEqualTo(4);
    assertThat(lab.vm("b").stack().account().received()).isEqualTo(4);
  }

  @Test
  void those_of_a_guest_in_a_vlan_are_tagged() {
    Lab lab = labs.open(host -> host.pnics(2).virtualFunctions(2).vm(VmSpec.named("a").vlan(100)));

    lab.host().pnic("p0").fail();

    assertThat(lab.wire().received()).hasSize(2);
    assertThat(lab.wire().received()).allMatch(packet -> packet.vlanId() == 100);
    assertThat(lab.externalSwitch().portOf(lab.vm("a").mac(), 100)).isNotNull();
    assertThat(lab.externalSwitch().portOf(lab.vm("a").mac(), 1)).isNull();
  }
}
