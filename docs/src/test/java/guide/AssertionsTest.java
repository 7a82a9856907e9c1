// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package guide;

import static dev.ringside.assertj.RingsideAssertions.assertThat;
import static dev.ringside.packet.Packets.icmp;
import static dev.ringside.packet.Packets.tcp;
import static dev.ringside.packet.Packets.udp;
import static dev.ringside.trace.Event.functionMapped;
import static dev.ringside.trace.Event.pnicActivated;
import static dev.ringside.trace.Event.pnicFailed;
import static dev.ringside.trace.Event.standbyChosen;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.ringside.Lab;
import dev.ringside.assertj.BddRingsideAssertions;
import dev.ringside.assertj.SoftRingsideAssertions;
import dev.ringside.host.Host;
import dev.ringside.packet.Packet;
import dev.ringside.trace.DropReason;
import dev.ringside.trace.Stage;
import dev.ringside.vm.VirtualMachine;
import dev.ringside.wire.Selector;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class AssertionsTest {

  @Test
  void what_was_received() {
    try (Lab lab = Lab.open()) {
      VirtualMachine web = lab.vm("vm1");
      // tag::received[]
      lab.wire().send(udp().to(web).port(53).payload("query"));
      lab.wire().send(icmp().echoRequest().to(web));

      assertThat(web).received(udp().port(53), 1).received(icmp()).andNothingElse();
      assertThat(web).receivedInOrder(udp(), icmp()).neverReceived(tcp());
      assertThat(lab.vm("vm2")).receivedNothing();
      // end::received[]
    }
  }

  @Test
  void what_happened() {
    try (Lab lab = Lab.open()) {
      Host host = lab.host();
      // tag::happened[]
      host.pnic("p0").fail();

      assertThat(lab.journal())
          .containsInOrder(
              pnicFailed("p0"),
              standbyChosen("p1"),
              pnicActivated("p1"),
              functionMapped("vm1", "p1"))
          .doesNotContain(pnicFailed("p1"));
      assertThat(host.aggregator()).isNormal().hasActive("p1").takesForFailed("p0");
      assertThat(host.pnic("p0")).isFailed().hasNoLink();
      // end::happened[]
    }
  }

  @Test
  void where_packets_went() {
    try (Lab lab = Lab.open()) {
      Host host = lab.host();
      // tag::went[]
      Packet query = lab.wire().send(udp().to(host.vm("vm1")).port(53));

      assertThat(lab.trace(query))
          .passed(Stage.VIRTUAL_FUNCTION)
          .neverPassed(Stage.VIRTUAL_SWITCH)
          .reached(Stage.STACK, "vm1");
      assertThat(lab).isBalanced().lostNothing();
      assertThat(host.pnic("p1")).droppedOnly(DropReason.PNIC_INACTIVE);
      // end::went[]
    }
  }

  @Test
  void soft_and_bdd() {
    try (Lab lab = Lab.open()) {
      Host host = lab.host();
      // tag::soft[]
      SoftRingsideAssertions.assertSoftly(
          softly -> {
            softly.assertThat(host.pnic("p0")).isActive();
            softly.assertThat(host.vm("vm1")).hasDirectAccessThrough("p0");
          });

      BddRingsideAssertions.then(host.vm("vm1")).receivedNothing();
      // end::soft[]
    }
  }

  @Test
  void the_nearest_miss() {
    try (Lab lab = Lab.open()) {
      VirtualMachine web = lab.vm("vm1");
      // tag::miss[]
      lab.wire().send(udp().to(web).port(54).payload("query"));
      // end::miss[]
      shown(
          "assertion-miss.txt",
          () -> {
            // tag::miss-fails[]
            assertThat(web).received(udp().port(53));
            // end::miss-fails[]
          });
    }
  }

  @Test
  void the_way_of_a_lost_packet() {
    try (Lab lab = Lab.open()) {
      VirtualMachine web = lab.vm("vm1");
      // tag::lost[]
      lab.wire().send(icmp().echoRequest().to(web));
      lab.cable("p0").toHost().lose(Selector.matching(udp()));
      lab.wire().send(udp().to(web).port(53));
      // end::lost[]
      shown(
          "assertion-lost.txt",
          () -> {
            // tag::lost-fails[]
            assertThat(web).received(udp().port(53));
            // end::lost-fails[]
          });
    }
  }

  @Test
  void the_events_that_were() {
    try (Lab lab = Lab.open()) {
      lab.host().pnic("p0").fail();
      shown(
          "assertion-journal.txt",
          () -> {
            // tag::journal-fails[]
            assertThat(lab.journal()).containsInOrder(pnicActivated("p1"), standbyChosen("p1"));
            // end::journal-fails[]
          });
    }
  }

  private static void shown(String file, ThrowingCallable failing) {
    Output.assertShown(file, catchThrowable(failing).getMessage());
  }
}
