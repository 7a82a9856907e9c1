// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.lacp;

import static dev.ringside.lacp.LacpFlag.ACTIVITY;
import static dev.ringside.lacp.LacpFlag.COLLECTING;
import static dev.ringside.lacp.LacpFlag.DISTRIBUTING;
import static dev.ringside.lacp.LacpFlag.SYNCHRONIZATION;
import static dev.ringside.lacp.LacpFlag.TIMEOUT;
import static dev.ringside.lacp.PlayedPartner.willing;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ringside.packet.MacAddress;
import dev.ringside.packet.Packet;
import dev.ringside.packet.Packets;
import dev.ringside.trace.DropReason;
import dev.ringside.trace.Event;
import dev.ringside.trace.EventKind;
import dev.ringside.trace.Hop;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** One port, and what it says and does for what its partner says. */
class LacpPortTest {

  private static final Packet DATA =
      Packets.ethernet().fromMac(MacAddress.ZERO).toMac(MacAddress.BROADCAST).toPacket();

  private final PlayedPartner partner =
      new PlayedPartner(LacpConfig.fast().withAggregateWait(Duration.ZERO));
  private final LacpPort port = partner.port;

  @AfterEach
  void every_message_has_a_fate() {
    assertThat(partner.world.ledger().violations()).isEmpty();
  }

  // ---- the way to carrying traffic ----

  @Test
  void a_port_comes_to_carry_traffic_by_all_states_in_their_order() {
    partner.agrees();

    assertThat(partner.states(EventKind.LACP_PARTNER)).containsExactly("EXPIRED", "CURRENT");
    assertThat(partner.states(EventKind.LACP_PORT))
        .containsExactly("WAITING", "ATTACHED", "COLLECTING", "DISTRIBUTING");
    assertThat(partner.world.journal().entries())
        .filteredOn(entry -> Event.lacpPort("p0", "WAITING").equals(entry.event()))
        .allMatch(entry -> entry.place().equals("h1"))
        .hasSize(1);
  }

  @Test
  void it_tells_that_it_collects_before_it_carries_traffic() {
    partner.agrees();

    assertThat(partner.line)
        .containsSubsequence(
            "ACTIVITY TIMEOUT AGGREGATION SYNCHRONIZATION COLLECTING", "carries traffic");
    assertThat(partner.line).last().isEqualTo("carries traffic");
  }

  @Test
  void it_stops_before_it_tells_a_partner_that_is_in_sync_no_longer() {
    partner.agrees();
    partner.advance(5_000);
    partner.says(willing(SYNCHRONIZATION, COLLECTING));
    partner.line.clear();

    partner.says(willing());

    assertThat(port.muxState()).isEqualTo(MuxState.ATTACHED);
    assertThat(partner.line)
        .containsExactly("carries nothing", "ACTIVITY TIMEOUT AGGREGATION SYNCHRONIZATION");
  }

  @Test
  void while_the_partner_takes_no_frames_it_sends_none_and_takes_those_that_come() {
    partner.agrees();
    partner.advance(2_000);

    partner.says(willing(SYNCHRONIZATION));
    assertThat(port.muxState()).isEqualTo(MuxState.COLLECTING);
    assertThat(port.isDistributing()).isFalse();
    assertThat(port.filter(DATA)).isFalse();

    partner.says(willing(SYNCHRONIZATION, COLLECTING));
    assertThat(port.isDistributing()).isTrue();
  }

  @Test
  void a_frame_that_comes_before_it_collects_goes_no_further() {
    partner.link(true);
    Packet early = partner.sent(DATA);

    assertThat(port.filter(early)).isTrue();

    assertThat(partner.world.journal().trace(early).hops())
        .last()
        .extracting(Hop::reason, Hop::detail)
        .containsExactly(DropReason.NOT_COLLECTING, "LACP port p0 (EXPIRED, DETACHED)");
  }

  @Test
  void another_partner_on_the_cable_takes_it_out_of_the_aggregate() {
    partner.agrees();
    PortInformation other =
        new PortInformation(0x9000, MacAddress.of("02:00:00:00:00:98"), 7, 0x80, 3, 0x3f);

    partner.says(other);

    assertThat(partner.states(EventKind.LACP_PORT))
        .containsSubsequence("DISTRIBUTING", "DETACHED", "WAITING");
  }

  @Test
  void a_port_that_is_detached_while_it_waits_waits_anew() {
    PlayedPartner slow = new PlayedPartner(LacpConfig.fast());
    slow.link(true);
    slow.says(willing(SYNCHRONIZATION));
    slow.advance(1_500);
    slow.port.setPriority(5);
    slow.says(willing(SYNCHRONIZATION));

    slow.advance(1_999);
    assertThat(slow.port.muxState()).isEqualTo(MuxState.WAITING);
    slow.advance(1);
    assertThat(slow.port.muxState()).isEqualTo(MuxState.COLLECTING);
  }

  @Test
  void a_partner_that_will_not_go_on_by_itself_is_in_sync_only_with_an_active_one() {
    PortInformation answering = willing(SYNCHRONIZATION).with(ACTIVITY, false);
    partner.link(true);
    partner.says(answering);
    assertThat(port.partner().has(SYNCHRONIZATION)).isTrue();

    partner.says(answering, port.actor().with(ACTIVITY, false));
    assertThat(port.partner().has(SYNCHRONIZATION)).isFalse();

    PlayedPartner passive = new PlayedPartner(LacpConfig.fast().passive());
    passive.link(true);
    passive.says(answering, passive.port.actor().with(ACTIVITY, true));
    assertThat(passive.port.partner().has(SYNCHRONIZATION)).isFalse();
    passive.says(willing(SYNCHRONIZATION));
    assertThat(passive.port.partner().has(SYNCHRONIZATION)).isTrue();
  }

  // ---- when it speaks ----

  @Test
  void it_says_no_more_than_three_messages_in_any_second_and_the_latest_in_the_end() {
    partner.link(true);
    for (int priority = 1; priority <= 40; priority++) {
      port.setPriority(priority);
      partner.advance(70);
    }
    assertThat(partner.heard.size()).isLessThan(12);

    partner.advance(1_000);

    for (int i = 3; i < partner.heardAt.size(); i++) {
      long since = partner.heardAt.get(i) - partner.heardAt.get(i - 3);
      assertThat(since).isGreaterThanOrEqualTo(1_000_000_000L);
    }
    assertThat(partner.last().actor().portPriority()).isEqualTo(40);
  }

  @Test
  void what_it_may_not_say_yet_it_says_as_soon_as_it_may() {
    PlayedPartner slow = new PlayedPartner(LacpConfig.slow());
    slow.link(true);
    slow.says(willing().with(TIMEOUT, false));
    slow.advance(10_000);
    slow.heardAt.clear();
    for (int priority = 1; priority <= 4; priority++) {
      slow.port.setPriority(priority);
    }

    slow.advance(1_000);

    assertThat(slow.heardAt)
        .containsExactly(10_000_000_000L, 10_000_000_000L, 10_000_000_000L, 11_000_000_000L);
  }

  @Test
  void a_partner_that_has_understood_it_wrongly_is_told_again_and_one_that_has_not_is_not() {
    partner.agrees();
    partner.advance(2_500);
    partner.heard.clear();

    partner.says(willing(SYNCHRONIZATION, COLLECTING));
    assertThat(partner.heard).isEmpty();
    partner.says(willing(SYNCHRONIZATION, COLLECTING), port.actor().with(SYNCHRONIZATION, false));
    assertThat(partner.heard).hasSize(1);
    PortInformation now = port.actor();
    partner.says(
        willing(SYNCHRONIZATION, COLLECTING),
        new PortInformation(now.systemPriority(), now.system(), 9, 0x80, 1, now.state()));
    assertThat(partner.heard).hasSize(2);
  }

  @Test
  void a_partner_that_wants_to_hear_more_often_is_told_at_once_and_then_every_second() {
    PlayedPartner slow = new PlayedPartner(LacpConfig.slow());
    slow.link(true);
    slow.says(willing().with(TIMEOUT, false));
    slow.advance(10_000);
    slow.heardAt.clear();

    slow.says(willing());
    slow.advance(2_000);

    assertThat(slow.heardAt).containsExactly(10_000_000_000L, 11_000_000_000L, 12_000_000_000L);
  }

  @Test
  void a_passive_port_speaks_only_while_its_partner_is_active() {
    PlayedPartner passive = new PlayedPartner(LacpConfig.fast().passive());
    passive.link(true);
    passive.advance(10_000);
    assertThat(passive.heard).isEmpty();

    passive.says(willing());
    passive.advance(2_000);
    assertThat(passive.heard).hasSizeGreaterThan(1);
    passive.says(willing().with(ACTIVITY, false));
    passive.heard.clear();
    passive.advance(2_000);
    assertThat(passive.heard).isEmpty();
  }

  @Test
  void one_that_was_silent_speaks_at_once_when_it_answers_again() {
    partner.link(true);
    port.silence();
    partner.advance(5_500);
    partner.heard.clear();

    partner.says(willing(), PortInformation.NONE);
    assertThat(port.counters().received()).isZero();
    assertThat(partner.heard).isEmpty();
    port.answer();
    assertThat(partner.heard).hasSize(1);
  }

  // ---- its link ----

  @Test
  void a_link_that_goes_down_and_stays_down_is_remembered_with_its_partner() {
    partner.agrees();
    partner.link(false);
    partner.advance(100_000);

    assertThat(port.receiveState()).isEqualTo(ReceiveState.PORT_DISABLED);
    assertThat(port.partner().key()).isEqualTo(7);
    assertThat(port.partner().has(SYNCHRONIZATION)).isFalse();
    assertThat(port.muxState()).isEqualTo(MuxState.DETACHED);
    assertThat(port.actorChurn()).isEqualTo(ChurnState.MONITOR);
  }

  @Test
  void without_a_link_nobody_complains_that_it_finds_no_aggregate() {
    partner.link(true);
    partner.advance(30_000);
    partner.link(false);
    partner.advance(60_000);
    assertThat(partner.world.journal().events(EventKind.LACP_CHURN)).isEmpty();

    partner.link(true);
    partner.advance(60_000);
    assertThat(port.actorChurn()).isEqualTo(ChurnState.CHURN);
    partner.link(false);
    assertThat(port.actorChurn()).isEqualTo(ChurnState.MONITOR);
  }

  @Test
  void what_comes_by_a_link_that_is_down_is_not_believed() {
    partner.says(willing(SYNCHRONIZATION));

    assertThat(port.counters()).isEqualTo(new LacpCounters(0, 0, 0, 0));
    assertThat(port.partner()).isEqualTo(PortInformation.NONE);
  }

  @Test
  void a_frame_that_ends_behind_its_header_is_of_an_unknown_protocol() {
    partner.link(true);
    Packet whole = Packets.ethernet(Lacpdu.ETHER_TYPE).toMac(MacAddress.SLOW_PROTOCOLS).toPacket();
    partner.comes(Packet.of(Arrays.copyOf(whole.toByteArray(), 14)));

    assertThat(port.counters().unknown()).isEqualTo(1);
  }

  // ---- settings ----

  @Test
  void a_setting_is_told_at_once_noted_and_may_lose_frames() {
    partner.agrees();
    partner.advance(2_500);
    partner.heard.clear();

    port.setKey(9);

    assertThat(partner.heard.get(0).actor().key()).isEqualTo(9);
    assertThat(partner.world.journal().events()).contains(Event.of(EventKind.CONFIGURED, "p0"));
    assertThat(partner.world.journal().toText()).contains("h1: configured p0 (key 9)");
    assertThat(partner.world.ledger().expectsDrops(DropReason.NOT_COLLECTING)).isTrue();
    assertThat(partner.world.ledger().expectsDrops(DropReason.NO_UPLINK)).isTrue();
    assertThat(partner.states(EventKind.LACP_PORT)).contains("DETACHED");
  }

  @Test
  void settings_out_of_range_are_refused() {
    assertThatThrownBy(() -> port.setKey(0)).hasMessage("key 0 is not in 1 to 65535");
    assertThatThrownBy(() -> port.setPriority(65_536))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("port priority 65536 is not in 0 to 65535");
    port.setKey(65_535);
    port.setPriority(0);
    assertThat(port.actor().key()).isEqualTo(65_535);
    assertThat(LacpConfig.fast().withMostPorts(1).mostPorts()).isEqualTo(1);
  }

  @Test
  void only_another_key_or_priority_of_the_system_takes_its_ports_out_of_the_aggregate() {
    partner.agrees();
    partner.advance(2_500);
    partner.heard.clear();
    LacpConfig config = partner.system.config();

    partner.system.configure(config.passive());
    assertThat(partner.last().actor().has(ACTIVITY)).isFalse();
    assertThat(port.isDistributing()).isTrue();
    partner.system.configure(config.withKey(5));
    assertThat(partner.states(EventKind.LACP_PORT)).containsOnlyOnce("DETACHED");
    partner.says(willing(SYNCHRONIZATION, COLLECTING));
    partner.system.configure(config.withKey(5).withSystemPriority(6));
    assertThat(partner.states(EventKind.LACP_PORT))
        .containsSubsequence("DETACHED", "COLLECTING", "DETACHED");
  }

  // ---- what can be read ----

  @Test
  void what_it_knows_of_a_partner_can_be_read_in_the_words_of_the_bonding_driver() {
    partner.link(true);
    partner.says(willing(SYNCHRONIZATION, COLLECTING, DISTRIBUTING), PortInformation.NONE);

    assertThat(partner.system.describe())
        .contains("Number of ports: 0\n")
        .contains("Partner Churn State: monitoring\n")
        .endsWith(
            """
            details partner lacp pdu:
                system priority: 36864
                system mac address: 02:00:00:00:00:99
                port key: 7
                port priority: 128
                port number: 3
                port state: 55
            LACPDUs: sent 3, received 1, illegal 0, unknown 0
            """);
  }
}
