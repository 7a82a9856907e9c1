// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.virt;

import static dev.ringside.TestLabs.numbers;
import static dev.ringside.virt.TwoGuests.send;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.ringside.Lab;
import dev.ringside.LabBuilder;
import dev.ringside.TestLabs;
import dev.ringside.chassis.ChassisBuilder;
import dev.ringside.host.VmSpec;
import dev.ringside.inspect.Inspect;
import dev.ringside.nic.TransmitRing;
import dev.ringside.packet.IpProtocol;
import dev.ringside.packet.Packet;
import dev.ringside.packet.Packets;
import dev.ringside.ring.Priority;
import dev.ringside.trace.DropReason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Guests of different priorities that send by one slow cable. */
class VnicPriorityTest {

  @RegisterExtension final TestLabs labs = new TestLabs();

  private Lab open(boolean direct) {
    return TwoGuests.open(labs, direct);
  }

  private static final long SLOW_CABLE = 8_000_000; // 1 ms for a frame of 1,000 bytes

  private static List<String> senders(Lab lab) {
    List<String> senders = new ArrayList<>();
    for (Packet packet : lab.wire().received()) {
      if (packet.is(IpProtocol.UDP)) {
        senders.add(packet.sourceMac().equals(lab.vm("a").mac()) ? "a" : "b");
      }
    }
    return senders;
  }

  @Test
  void guests_of_the_same_priority_take_turns() {
    Lab lab = open(true);
    lab.cable("p0").toNetwork().setBandwidth(SLOW_CABLE);
    send(lab, "a", 1, 4);
    send(lab, "b", 1, 3);
    lab.advance(Duration.ofSeconds(1));

    assertThat(senders(lab)).containsExactly("a", "b", "a", "b", "a", "b", "a");
  }

  @Test
  void a_guest_of_a_higher_priority_goes_first_while_the_card_is_busy() {
    Lab lab = open(true);
    lab.cable("p0").toNetwork().setBandwidth(SLOW_CABLE);
    lab.host().vnic("b").setPriority(Priority.HIGH);
    send(lab, "a", 1, 4);
    send(lab, "b", 1, 3);
    lab.advance(Duration.ofSeconds(1));

    assertThat(senders(lab)).containsExactly("a", "b", "b", "b", "a", "a", "a");
    assertThat(lab.host().pnic("p0").virtualFunction(1).transmitRing().priority())
        .isEqualTo(Priority.HIGH);
  }

  @Test
  void the_priority_follows_the_guest_to_the_card_that_takes_over() {
    Lab lab = open(true);
    lab.cable("p1").toNetwork().setBandwidth(SLOW_CABLE);
    lab.host().vnic("a").setPriority(Priority.LOW);
    lab.host().pnic("p0").fail();
    lab.advance(Duration.ofSeconds(1)); // announcements
    send(lab, "a", 1, 3);
    send(lab, "b", 1, 2);
    lab.advance(Duration.ofSeconds(1));

    assertThat(senders(lab)).containsExactly("a", "b", "b", "a", "a");
    assertThat(lab.host().vnic("a").priority()).isEqualTo(Priority.LOW);
    assertThat(lab.host().pnic("p0").virtualFunction(0).transmitRing().priority())
        .isEqualTo(Priority.NORMAL);
  }

  @Test
  void a_guaranteed_rate_comes_before_any_priority() {
    Lab lab = open(true);
    lab.cable("p0").toNetwork().setBandwidth(SLOW_CABLE);
    lab.host().vnic("a").setPriority(Priority.HIGH);
    lab.host().pnic("p0").virtualFunction(1).setRate(SLOW_CABLE / 2, 0);
    send(lab, "a", 1, 100);
    send(lab, "b", 1, 100);
    lab.advance(Duration.ofMillis(100));

    assertThat(senders(lab).stream().filter("b"::equals).count()).isBetween(48L, 52L);
  }

  // ---- through the virtual switch ----

  @Test
  void a_guest_of_a_higher_priority_goes_first_through_the_virtual_switch_too() {
    Lab lab = open(false);
    lab.cable("p0").toNetwork().setBandwidth(SLOW_CABLE);
    lab.host().vnic("b").setPriority(Priority.HIGH);
    send(lab, "a", 1, 4);
    send(lab, "b", 1, 3);
    assertThat(lab.host().pnic("p0").hostRings().rings())
        .extracting(TransmitRing::name, TransmitRing::size, TransmitRing::priority)
        .containsExactly(tuple("p0/high/tx", 3, Priority.HIGH), tuple("p0/tx", 3, Priority.NORMAL));
    assertThat(Inspect.rings(lab.host().pnic("p0"))).contains("p0/high/tx").contains("p0/tx");
    lab.advance(Duration.ofSeconds(1));

    assertThat(senders(lab)).containsExactly("a", "b", "b", "b", "a", "a", "a");
  }

  @Test
  void a_guest_of_a_low_priority_goes_after_guests_with_functions() {
    Lab lab = labs.open(host -> host.virtualFunctions(1).vms("b").vm(VmSpec.named("a").switched()));
    lab.cable("p0").toNetwork().setBandwidth(SLOW_CABLE);
    lab.host().vnic("a").setPriority(Priority.LOW);
    send(lab, "a", 1, 4);
    send(lab, "b", 1, 3);
    lab.advance(Duration.ofSeconds(1));

    assertThat(senders(lab)).containsExactly("a", "b", "b", "b", "a", "a", "a");
  }

  @Test
  void a_guest_whose_priority_changes_keeps_its_order() {
    Lab lab = open(false);
    lab.cable("p0").toNetwork().setBandwidth(SLOW_CABLE);
    send(lab, "a", 1, 3);
    send(lab, "b", 1, 2);
    lab.host().vnic("a").setPriority(Priority.HIGH);
    send(lab, "a", 4, 4);
    assertThat(lab.host().pnic("p0").hostRings().rings()).hasSize(1);
    lab.advance(Duration.ofSeconds(1));
    assertThat(senders(lab)).containsExactly("a", "a", "a", "b", "b", "a");

    send(lab, "b", 3, 5);
    send(lab, "a", 5, 6);
    lab.advance(Duration.ofSeconds(1));
    assertThat(senders(lab)).endsWith("b", "a", "a", "b", "b");

    lab.host().vnic("a").setPriority(Priority.NORMAL);
    send(lab, "b", 6, 7);
    send(lab, "a", 7, 7);
    lab.advance(Duration.ofSeconds(1));
    assertThat(senders(lab)).endsWith("b", "b", "a");
    assertThat(lab.host().pnic("p0").hostRings()).hasToString(RINGS);
  }

  private static final String RINGS =
      "[ring p0/high/tx has 0 of 512 slots in use, ring p0/tx has 0 of 512 slots in use]";

  @Test
  void what_waits_goes_first_again_at_the_card_that_takes_over() {
    Lab lab = open(false);
    lab.cable("p0").toNetwork().setBandwidth(SLOW_CABLE);
    lab.cable("p1").toNetwork().setBandwidth(SLOW_CABLE);
    lab.host().vnic("b").setPriority(Priority.HIGH);
    send(lab, "a", 1, 4);
    send(lab, "b", 1, 3);
    lab.host().pnic("p0").fail();
    lab.advance(Duration.ofSeconds(1));

    assertThat(senders(lab)).containsExactly("a", "b", "b", "b", "a", "a", "a");
  }

  @Test
  void a_guest_that_gets_a_function_sends_through_it_behind_what_waits() {
    Lab lab = labs.open(host -> host.pnics(2).virtualFunctions(1).vms("c", "a", "b"));
    lab.cable("p0").toNetwork().setBandwidth(SLOW_CABLE);
    lab.host().vnic("a").setPriority(Priority.LOW);
    send(lab, "a", 1, 3);
    send(lab, "b", 1, 2);
    lab.host().removeVm("c");
    send(lab, "a", 4, 5);
    assertThat(lab.host().vnic("a").path()).isEqualTo(VnicPath.SWITCHED);
    lab.advance(Duration.ofSeconds(1));

    assertThat(lab.host().vnic("a").path()).isEqualTo(VnicPath.DIRECT);
    assertThat(senders(lab)).containsExactly("a", "b", "b", "a", "a", "a", "a");
    assertThat(numbers(lab.wire().received())).containsExactly(1, 1, 2, 2, 3, 4, 5);
  }

  @Test
  void a_card_that_is_plugged_in_and_a_guest_that_leaves_are_known() {
    Lab lab = open(false);
    lab.host().vnic("a").setPriority(Priority.HIGH);
    lab.host().vnic("b").setPriority(Priority.HIGH);
    lab.host().removeVm("b");
    lab.host().addPnic();
    lab.cable("p2").toNetwork().setBandwidth(SLOW_CABLE);
    lab.host().pnic("p0").fail();
    lab.host().pnic("p1").fail();
    lab.advance(Duration.ofSeconds(1));
    send(lab, "a", 1, 2);

    assertThat(lab.host().pnic("p2").hostRings().rings())
        .extracting(TransmitRing::name)
        .containsExactly("p2/high/tx", "p2/tx");
  }

  @Test
  void the_priority_moves_along_to_another_host() {
    LabBuilder builder = Lab.builder();
    ChassisBuilder chassis = builder.chassis("c1");
    chassis.blade("b1").vms("a", "b");
    chassis.blade("b2").vms("c");
    Lab lab = labs.open(builder);
    lab.vm("a").vnic().setPriority(Priority.HIGH);
    lab.migrate(lab.vm("a")).to(lab.blade("b2"));
    lab.vm("a").send(Packets.udp().to(lab.vm("b")));

    assertThat(lab.blade("b2").pnics().get(0).hostRings().rings()).hasSize(2);
  }

  @Test
  void each_priority_has_a_full_ring_of_its_own() {
    Lab lab = open(false);
    lab.cable("p0").toNetwork().setBandwidth(1_000);
    lab.host().vnic("b").setPriority(Priority.HIGH);
    send(lab, "a", 1, 600);
    send(lab, "b", 1, 600);

    assertThat(lab.host().pnic("p0").hostRings().rings())
        .extracting(TransmitRing::size, TransmitRing::droppedFull)
        .containsExactly(tuple(512, 88L), tuple(512, 87L));
    assertThat(lab.ledger().dropped(DropReason.RING_FULL)).isEqualTo(175);
    assertThat(lab.host().pnic("p0").hasRoomForHost()).isFalse();
  }
}
