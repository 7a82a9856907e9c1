// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.lacp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ringside.Lab;
import dev.ringside.TestLabs;
import dev.ringside.packet.MacAddress;
import dev.ringside.packet.Packet;
import dev.ringside.packet.PacketSpec;
import dev.ringside.packet.Packets;
import dev.ringside.ring.Priority;
import dev.ringside.trace.Account;
import dev.ringside.trace.DropReason;
import dev.ringside.trace.Event;
import dev.ringside.trace.EventKind;
import dev.ringside.world.World;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A host and a switch that agree by LACP which cables carry traffic. */
class LacpTest {

  private static final Duration BRING_UP = Duration.ofSeconds(4);

  @RegisterExtension final TestLabs labs = new TestLabs();

  private Lab lab(LacpConfig config, int pnics) {
    return labs.open(host -> host.pnics(pnics).virtualFunctions(2).vms("web").lacp(config));
  }

  private Lab agreed(LacpConfig config, int pnics) {
    Lab lab = lab(config, pnics);
    lab.advance(BRING_UP);
    assertThat(near(lab).distributing()).hasSize(pnics);
    return lab;
  }

  private static LacpSystem near(Lab lab) {
    return lab.host().lacp().host();
  }

  private static LacpSystem far(Lab lab) {
    return lab.host().lacp().network();
  }

  /** Sends over many connections in both directions and counts what arrives. */
  private static int arrivingOf(Lab lab, int connections) {
    lab.wire().inbox().clear();
    lab.vm("web").inbox().clear();
    for (int i = 0; i < connections; i++) {
      lab.vm("web").send(Packets.udp().to(lab.wire()).fromPort(10_000 + i).port(53));
      lab.wire().send(Packets.udp().to(lab.vm("web")).fromPort(20_000 + i).port(53));
    }
    return lab.wire().received().size() + lab.vm("web").received().size();
  }

  /** A frame comes to p0, from somebody who is on its cable. */
  private static void inject(Lab lab, PacketSpec spec) {
    World world = lab.host().world();
    Account account = far(lab).account();
    world.run(
        () -> {
          Packet packet = world.inject(account, spec.toPacket());
          account.addSent();
          lab.cable("p0").toHost().accept(packet);
        });
  }

  // ---- agreement ----

  @Test
  void all_ports_carry_traffic_once_both_ends_agree() {
    Lab lab = lab(LacpConfig.fast(), 3);
    assertThat(lab.host().aggregator().activeNames()).isEmpty();

    lab.advance(BRING_UP);

    assertThat(near(lab).distributing()).containsExactly("p0", "p1", "p2");
    assertThat(far(lab).distributing()).containsExactly("p0", "p1", "p2");
    assertThat(lab.host().aggregator().activeNames()).containsExactly("p0", "p1", "p2");
    assertThat(lab.externalSwitch().portGroup("aggr0").activeLinks())
        .containsExactly("p0", "p1", "p2");
    assertThat(lab.vm("web").aggregator().ports()).containsExactly("p0", "p1", "p2");
    assertThat(arrivingOf(lab, 50)).isEqualTo(100);
  }

  @Test
  void ports_wait_two_seconds_and_then_join_together() {
    Lab lab = lab(LacpConfig.slow(), 2);

    lab.advance(Duration.ofMillis(1_999));
    assertThat(near(lab).port("p0").muxState()).isEqualTo(MuxState.WAITING);

    lab.advance(Duration.ofMillis(1));
    assertThat(near(lab).distributing()).containsExactly("p0", "p1");
  }

  @Test
  void without_a_wait_they_agree_as_soon_as_they_may_send_enough() {
    Lab lab = lab(LacpConfig.fast().withAggregateWait(Duration.ZERO), 2);

    lab.advance(Duration.ofSeconds(1)); // three messages a second, and four are needed

    assertThat(near(lab).distributing()).containsExactly("p0", "p1");
    assertThat(far(lab).distributing()).containsExactly("p0", "p1");
  }

  @Test
  void a_partner_is_told_with_all_that_it_is() {
    Lab lab = agreed(LacpConfig.fast().withKey(7).withSystemPriority(100), 2);
    PortInformation partner = near(lab).port("p1").partner();

    assertThat(partner.isSamePort(far(lab).port("p1").actor())).isTrue();
    assertThat(partner)
        .hasToString(
            "system 100 02:52:53:04:00:01, key 7, port 128 2 (ACTIVITY TIMEOUT AGGREGATION"
                + " SYNCHRONIZATION COLLECTING DISTRIBUTING)");
  }

  @Test
  void one_passive_end_answers() {
    Lab lab = lab(LacpConfig.fast(), 2);
    far(lab).configure(LacpConfig.fast().passive());
    lab.advance(BRING_UP);

    assertThat(near(lab).distributing()).containsExactly("p0", "p1");
  }

  @Test
  void two_passive_ends_never_agree() {
    Lab lab = lab(LacpConfig.fast().passive(), 2);
    lab.advance(Duration.ofMinutes(10));

    assertThat(near(lab).distributing()).isEmpty();
    assertThat(near(lab).port("p0").counters()).isEqualTo(new LacpCounters(0, 0, 0, 0));
    assertThat(near(lab).port("p0").receiveState()).isEqualTo(ReceiveState.DEFAULTED);
  }

  @Test
  void slow_ends_tell_every_30_seconds_and_fast_ones_every_second() {
    Lab slow = agreed(LacpConfig.slow(), 1);
    Lab fast = agreed(LacpConfig.fast(), 1);
    long slowBefore = near(slow).port("p0").counters().sent();
    long fastBefore = near(fast).port("p0").counters().sent();

    slow.advance(Duration.ofMinutes(5));
    fast.advance(Duration.ofMinutes(5));

    assertThat(near(slow).port("p0").counters().sent() - slowBefore).isEqualTo(10);
    assertThat(near(fast).port("p0").counters().sent() - fastBefore).isEqualTo(300);
  }

  @Test
  void each_end_sends_as_often_as_the_other_wants() {
    Lab lab = lab(LacpConfig.fast(), 1);
    far(lab).configure(LacpConfig.slow());
    lab.advance(BRING_UP);
    LacpCounters before = near(lab).port("p0").counters();

    lab.advance(Duration.ofMinutes(5));

    LacpCounters after = near(lab).port("p0").counters();
    assertThat(after.sent() - before.sent()).isEqualTo(10);
    assertThat(after.received() - before.received()).isEqualTo(300);
  }

  // ---- partner loss ----

  @Test
  void a_nic_that_hangs_is_noticed_at_both_ends() {
    Lab lab = agreed(LacpConfig.fast(), 2);
    lab.host().pnic("p0").hang();
    assertThat(lab.externalSwitch().portGroup("aggr0").activeLinks()).containsExactly("p0", "p1");

    lab.advance(Duration.ofSeconds(3));

    assertThat(near(lab).distributing()).containsExactly("p1");
    assertThat(far(lab).distributing()).containsExactly("p1");
    assertThat(lab.host().aggregator().activeNames()).containsExactly("p1");
    assertThat(arrivingOf(lab, 50)).isEqualTo(100);

    lab.host().pnic("p0").repair();
    lab.advance(BRING_UP);

    assertThat(near(lab).distributing()).containsExactly("p0", "p1");
    assertThat(arrivingOf(lab, 50)).isEqualTo(100);
  }

  @Test
  void with_slow_ends_it_takes_90_seconds() {
    Lab lab = agreed(LacpConfig.slow(), 2);
    lab.host().pnic("p0").hang();

    lab.advance(Duration.ofSeconds(59));
    assertThat(near(lab).distributing()).containsExactly("p0", "p1");
    lab.advance(Duration.ofSeconds(31));
    assertThat(near(lab).distributing()).containsExactly("p1");
  }

  @Test
  void a_silent_partner_expires_and_is_then_forgotten() {
    Lab lab = agreed(LacpConfig.fast(), 2);
    far(lab).port("p0").silence();
    LacpPort port = near(lab).port("p0");

    lab.advance(Duration.ofSeconds(3));
    assertThat(port.receiveState()).isEqualTo(ReceiveState.EXPIRED);
    assertThat(port.actor().has(LacpFlag.EXPIRED)).isTrue();
    assertThat(port.muxState()).isEqualTo(MuxState.ATTACHED);

    lab.advance(Duration.ofSeconds(3));
    assertThat(port.receiveState()).isEqualTo(ReceiveState.DEFAULTED);
    assertThat(port.actor().has(LacpFlag.DEFAULTED)).isTrue();
    assertThat(port.partner()).isEqualTo(PortInformation.NONE);
    assertThat(port.muxState()).isEqualTo(MuxState.DETACHED);

    far(lab).port("p0").answer();
    lab.advance(BRING_UP);
    assertThat(near(lab).distributing()).containsExactly("p0", "p1");
  }

  @Test
  void a_link_that_flaps_comes_back() {
    Lab lab = agreed(LacpConfig.fast(), 2);
    lab.host().pnic("p0").flap(5, Duration.ofMillis(100), Duration.ofMillis(100));
    lab.advance(Duration.ofMillis(50));
    assertThat(near(lab).distributing()).containsExactly("p1");
    assertThat(far(lab).distributing()).containsExactly("p1");
    assertThat(near(lab).port("p0").receiveState()).isEqualTo(ReceiveState.PORT_DISABLED);

    lab.advance(Duration.ofSeconds(6));

    assertThat(near(lab).distributing()).containsExactly("p0", "p1");
    assertThat(far(lab).distributing()).containsExactly("p0", "p1");
    assertThat(arrivingOf(lab, 50)).isEqualTo(100);
  }

  @Test
  void with_all_partners_silent_there_is_no_uplink() {
    Lab lab = agreed(LacpConfig.fast(), 2);
    far(lab).port("p0").silence();
    far(lab).port("p1").silence();
    lab.advance(Duration.ofSeconds(10));

    assertThat(lab.host().aggregator().activeNames()).isEmpty();
    assertThat(lab.externalSwitch().portGroup("aggr0").activeLinks()).isEmpty();
  }

  // ---- wrong configurations ----

  @Test
  void a_port_with_another_key_stays_out() {
    Lab lab = agreed(LacpConfig.fast(), 3);
    far(lab).port("p1").setKey(9);
    lab.advance(BRING_UP);

    assertThat(near(lab).distributing()).containsExactly("p0", "p2");
    assertThat(far(lab).distributing()).containsExactly("p0", "p2");
    assertThat(near(lab).port("p1").isSelected()).isFalse();
    assertThat(arrivingOf(lab, 50)).isEqualTo(100);
  }

  @Test
  void the_partner_with_most_ports_is_chosen() {
    Lab lab = agreed(LacpConfig.fast(), 3);
    far(lab).port("p0").setSystem(MacAddress.of("02:00:00:00:00:99"));
    lab.advance(BRING_UP);

    assertThat(near(lab).distributing()).containsExactly("p1", "p2");
    assertThat(far(lab).distributing()).containsExactly("p1", "p2");
  }

  @Test
  void of_two_partners_with_one_port_each_both_ends_choose_the_same() {
    Lab lab = agreed(LacpConfig.fast(), 2);
    far(lab).port("p0").setSystem(MacAddress.of("02:00:00:00:00:99"));
    lab.advance(BRING_UP);

    assertThat(near(lab).distributing()).containsExactly("p0");
    assertThat(far(lab).distributing()).containsExactly("p0");
    assertThat(arrivingOf(lab, 50)).isEqualTo(100);
  }

  @Test
  void a_port_that_leaves_the_group_carries_nothing_until_it_is_back() {
    Lab lab = agreed(LacpConfig.fast(), 2);
    far(lab).port("p1").leaveGroup();
    lab.advance(BRING_UP);
    assertThat(near(lab).distributing()).containsExactly("p0");

    far(lab).port("p1").joinGroup();
    lab.advance(BRING_UP);
    assertThat(near(lab).distributing()).containsExactly("p0", "p1");
  }

  @Test
  void ports_with_new_keys_at_both_ends_agree_again() {
    Lab lab = agreed(LacpConfig.fast(), 2);
    near(lab).configure(LacpConfig.fast().withKey(5));
    far(lab).configure(LacpConfig.fast().withKey(6));
    lab.advance(BRING_UP);

    assertThat(near(lab).distributing()).containsExactly("p0", "p1");
    assertThat(near(lab).port("p0").partner().key()).isEqualTo(6);
  }

  @Test
  void the_lower_system_chooses_the_ports_by_their_priority() {
    Lab lab = lab(LacpConfig.fast().withMostPorts(2), 3);
    far(lab).configure(LacpConfig.fast().withSystemPriority(1));
    far(lab).port("p0").setPriority(500);
    lab.advance(BRING_UP);

    assertThat(near(lab).distributing()).containsExactly("p1", "p2");

    lab.host().pnic("p1").fail();
    lab.advance(BRING_UP);
    assertThat(near(lab).distributing()).containsExactly("p0", "p2");
  }

  @Test
  void an_end_that_finds_no_aggregate_is_told_of_after_60_seconds() {
    Lab lab = agreed(LacpConfig.fast(), 3);
    far(lab).port("p1").setKey(9);
    lab.advance(Duration.ofSeconds(59));
    assertThat(near(lab).port("p1").actorChurn()).isEqualTo(ChurnState.MONITOR);

    lab.advance(Duration.ofSeconds(2));

    assertThat(near(lab).port("p1").actorChurn()).isEqualTo(ChurnState.CHURN);
    assertThat(near(lab).port("p1").partnerChurn()).isEqualTo(ChurnState.CHURN);
    assertThat(near(lab).port("p0").actorChurn()).isEqualTo(ChurnState.NO_CHURN);
    assertThat(lab.journal().events(EventKind.LACP_CHURN))
        .contains(Event.of(EventKind.LACP_CHURN, "p1", "actor"));

    far(lab).port("p1").setKey(1);
    lab.advance(BRING_UP);
    assertThat(near(lab).port("p1").actorChurn()).isEqualTo(ChurnState.NO_CHURN);
  }

  // ---- frames ----

  @Test
  void malformed_and_unknown_frames_are_counted() {
    Lab lab = agreed(LacpConfig.fast(), 1);
    MacAddress to = MacAddress.SLOW_PROTOCOLS;
    lab.ledger().expectDrops(DropReason.MALFORMED);
    inject(lab, Packets.ethernet(0x8809).toMac(to).payload(new byte[] {1, 1}));
    inject(lab, Packets.ethernet(0x8809).toMac(to).payload(new byte[] {2, 1}));

    assertThat(near(lab).port("p0").counters().illegal()).isEqualTo(1);
    assertThat(near(lab).port("p0").counters().unknown()).isEqualTo(1);
    assertThat(near(lab).distributing()).containsExactly("p0");
  }

  @Test
  void guests_and_switches_pass_no_message_on() {
    Lab lab = agreed(LacpConfig.fast(), 2);
    Lacpdu forged = new Lacpdu(PortInformation.NONE, PortInformation.NONE, 0);
    LacpCounters before = far(lab).port("p0").counters();
    lab.wire().inbox().clear();

    lab.vm("web").send(Packets.ethernet(0x8809).toMac(MacAddress.SLOW_PROTOCOLS).payload("x"));
    lab.wire().send(forged.toPacket(lab.wire().mac()));

    assertThat(far(lab).port("p0").counters()).isEqualTo(before);
    assertThat(lab.wire().received()).isEmpty();
    assertThat(lab.vm("web").received()).isEmpty();
  }

  @Test
  void what_each_port_knows_can_be_read() {
    Lab lab = agreed(LacpConfig.fast(), 1);

    assertThat(near(lab).describe())
        .startsWith(
            """
            802.3ad info
            LACP active: on
            LACP rate: fast
            System priority: 32768
            System MAC address: 02:52:53:02:00:01
            Number of ports: 1

            Port: p0
            Receive state: CURRENT
            Mux state: DISTRIBUTING
            Actor Churn State: none
            Partner Churn State: none
            details actor lacp pdu:
                system priority: 32768
                system mac address: 02:52:53:02:00:01
                port key: 1
                port priority: 128
                port number: 1
                port state: 63
            """);
    assertThat(near(lab)).hasToString("h1 (02:52:53:02:00:01, distributing [p0])");
    assertThat(near(lab).port("p0")).hasToString("LACP port p0 (CURRENT, DISTRIBUTING)");
  }

  @Test
  void a_host_that_does_not_speak_it_says_so() {
    Lab lab = labs.open(host -> host.pnics(2));

    assertThatThrownBy(() -> lab.host().lacp())
        .hasMessage("host h1 does not speak LACP; build it with lacp(LacpConfig.fast())");
  }

  @Test
  void settings_out_of_range_are_refused() {
    assertThatThrownBy(() -> LacpConfig.fast().withKey(0)).hasMessage("key 0 is not in 1 to 65535");
    assertThatThrownBy(() -> LacpConfig.fast().withSystemPriority(65_536))
        .hasMessage("system priority 65536 is not in 0 to 65535");
    assertThatThrownBy(() -> LacpConfig.fast().withMostPorts(0))
        .hasMessage("at most 0 ports carry nothing; say 1");
    assertThatThrownBy(() -> LacpConfig.fast().withAggregateWait(Duration.ofNanos(-1)))
        .hasMessage("wait PT-0.000000001S must not be negative");
    Lab lab = agreed(LacpConfig.fast(), 1);
    assertThatThrownBy(() -> near(lab).port("p7"))
        .hasMessage("no LACP port named 'p7' at h1; it has [p0]");
  }

  // ---- a busy cable ----

  @ParameterizedTest
  @EnumSource(Priority.class)
  void a_guest_that_fills_its_cable_does_not_end_the_agreement(Priority priority) {
    for (int functions : new int[] {0, 2}) {
      Lab lab =
          labs.open(
              host -> host.pnics(1).virtualFunctions(functions).vms("web").lacp(LacpConfig.fast()));
      lab.advance(BRING_UP);
      lab.cable("p0").toNetwork().setBandwidth(8_000_000); // a frame of 1,000 bytes takes 1 ms
      lab.vm("web").vnic().setPriority(priority);

      for (int i = 0; i < 500; i++) {
        for (int sent = 0; sent < 20; sent++) {
          lab.vm("web").send(Packets.udp().to(lab.wire()).port(53).payloadSize(958));
        }
        lab.advance(Duration.ofMillis(10));

        assertThat(near(lab).distributing()).containsExactly("p0");
        assertThat(far(lab).distributing()).containsExactly("p0");
      }
    }
  }
}
