// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.nic;

import static dev.ringside.packet.Packets.udp;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ringside.Lab;
import dev.ringside.LabBuilder;
import dev.ringside.trace.DropReason;
import dev.ringside.trace.Event;
import dev.ringside.trace.EventKind;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** One NIC that nobody aggregates, with web behind its first function. */
class NicStateTest {

  private final Lab lab = open();
  private final PhysicalNic p0 = lab.host().pnic("p0");

  private static Lab open() {
    LabBuilder builder = Lab.builder();
    builder.host("h1").pnics(1).virtualFunctions(2).vms("web");
    return builder.open();
  }

  @AfterEach
  void every_packet_has_a_fate() {
    assertThat(lab.ledger().violations()).isEmpty();
    lab.close();
  }

  private List<Event> events() {
    return lab.journal().events().stream()
        .filter(event -> event.subjects().contains("p0"))
        .filter(event -> event.kind() != EventKind.FUNCTION_MAPPED)
        .toList();
  }

  private boolean works() {
    int before = lab.vm("web").received().size();
    int beforeOnWire = lab.wire().received().size();
    lab.wire().send(udp().to(lab.vm("web")));
    lab.vm("web").send(udp().to(lab.wire()));
    boolean receives = lab.vm("web").received().size() == before + 1;
    boolean sends = lab.wire().received().size() == beforeOnWire + 1;
    assertThat(receives).isEqualTo(sends);
    return receives;
  }

  @Test
  void fails_once_and_is_repaired_once() {
    p0.fail();
    p0.fail();
    assertThat(p0.isUsable()).isFalse();
    assertThat(p0.isFailed()).isTrue();
    assertThat(p0.isLinkUp()).isFalse();
    assertThat(p0.looksHealthy()).isFalse();
    assertThat(p0).hasToString("p0 (failed)");
    assertThat(works()).isFalse();

    p0.repair();
    p0.repair();

    assertThat(works()).isTrue();
    assertThat(p0).hasToString("p0 (up)");
    assertThat(events()).containsExactly(Event.pnicFailed("p0"), Event.pnicRepaired("p0"));
  }

  @Test
  void hangs_with_its_link_up() {
    p0.hang();
    p0.hang();
    assertThat(p0.isUsable()).isFalse();
    assertThat(p0.isLinkUp()).isTrue();
    assertThat(p0.looksHealthy()).isTrue();
    assertThat(lab.externalSwitch().port("p0").isUp()).isTrue();
    assertThat(p0).hasToString("p0 (hung)");
    assertThat(works()).isFalse();

    p0.repair();

    assertThat(works()).isTrue();
    assertThat(events()).containsExactly(Event.pnicFailed("p0"), Event.pnicRepaired("p0"));
  }

  @Test
  void a_card_that_hangs_can_still_fail_but_one_that_failed_cannot_hang() {
    p0.hang();
    p0.fail();
    p0.hang();
    assertThat(p0).hasToString("p0 (failed)");
    assertThat(p0.isLinkUp()).isFalse();

    p0.repair();

    assertThat(p0.isUsable()).isTrue();
    assertThat(p0.isLinkUp()).isTrue();
    assertThat(lab.externalSwitch().port("p0").isUp()).isTrue();
  }

  @Test
  void its_link_goes_down_and_up_once() {
    p0.linkDown();
    p0.linkDown();
    assertThat(p0.isUsable()).isFalse();
    assertThat(p0.isFailed()).isFalse();
    assertThat(p0).hasToString("p0 (link down)");
    assertThat(works()).isFalse();

    p0.linkUp();
    p0.linkUp();

    assertThat(works()).isTrue();
    assertThat(events()).containsExactly(Event.linkDown("p0"), Event.linkUp("p0"));
  }

  @Test
  void a_link_that_was_turned_off_stays_off_over_failure_repair_and_a_new_cable() {
    p0.linkDown();
    p0.fail();
    p0.repair();
    lab.cable("p0").unplug();
    lab.cable("p0").plug();
    assertThat(p0.isLinkUp()).isFalse();
    assertThat(lab.externalSwitch().port("p0").isUp()).isFalse();

    p0.linkUp();

    assertThat(works()).isTrue();
  }

  @Test
  void flaps_in_virtual_time() {
    p0.flap(2, Duration.ofMillis(10), Duration.ofMillis(20));
    assertThat(p0.isLinkUp()).isFalse();
    lab.advance(Duration.ofMillis(10));
    assertThat(p0.isLinkUp()).isTrue();
    lab.advance(Duration.ofMillis(20));
    assertThat(p0.isLinkUp()).isFalse();
    lab.advance(Duration.ofMillis(10));
    assertThat(p0.isLinkUp()).isTrue();
    lab.advance(Duration.ofSeconds(1));

    assertThat(events())
        .containsExactly(
            Event.linkDown("p0"), Event.linkUp("p0"), Event.linkDown("p0"), Event.linkUp("p0"));
    assertThat(works()).isTrue();
  }

  @Test
  void flaps_at_least_once_and_not_back_in_time() {
    assertThatThrownBy(() -> p0.flap(0, Duration.ZERO, Duration.ZERO))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "flapping p0 0 times, PT0S down and PT0S up: times must be at least 1 and durations"
                + " not negative");
    assertThatThrownBy(() -> p0.flap(1, Duration.ofSeconds(-1), Duration.ZERO))
        .hasMessage(
            "flapping p0 1 times, PT-1S down and PT0S up: times must be at least 1 and durations"
                + " not negative");
    assertThat(p0.isLinkUp()).isTrue();
  }

  @Test
  void what_is_in_its_rings_when_it_fails_is_lost() {
    lab.cable("p0").toNetwork().setBandwidth(1_000_000);
    p0.virtualFunction(0).receiveRing(0).setPolled(true);
    lab.wire().send(udp().to(lab.vm("web")), 3);
    for (int i = 0; i < 5; i++) {
      lab.vm("web").send(udp().to(lab.wire()));
    }
    assertThat(p0.live()).isEqualTo(3 + 4);

    p0.fail();

    assertThat(p0.live()).isZero();
    assertThat(p0.account().dropped(DropReason.PNIC_FAILED)).isEqualTo(7);
    lab.advance(Duration.ofSeconds(1));
    assertThat(lab.wire().received()).hasSize(1); // was on the wire already
  }

  @Test
  void what_is_in_its_receive_rings_survives_a_link_that_goes_down() {
    p0.virtualFunction(0).receiveRing(0).setPolled(true);
    lab.wire().send(udp().to(lab.vm("web")), 3);

    p0.linkDown();
    p0.virtualFunction(0).receiveRing(0).setPolled(false);

    assertThat(lab.vm("web").received()).hasSize(3);
  }

  @Test
  void a_standby_card_sends_and_receives_nothing() {
    p0.deactivate();
    p0.deactivate();
    assertThat(p0).hasToString("p0 (up, inactive)");
    assertThat(works()).isFalse();
    assertThat(p0.account().dropped(DropReason.PNIC_INACTIVE)).isEqualTo(2);

    p0.activate();
    p0.activate();

    assertThat(works()).isTrue();
    assertThat(events()).containsExactly(Event.pnicDeactivated("p0"), Event.pnicActivated("p0"));
  }
}
