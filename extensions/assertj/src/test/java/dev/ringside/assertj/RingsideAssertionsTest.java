// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.assertj;

import static dev.ringside.assertj.BddRingsideAssertions.then;
import static dev.ringside.assertj.RingsideAssertions.as;
import static dev.ringside.assertj.RingsideAssertions.assertThat;
import static dev.ringside.assertj.RingsideAssertions.assertThatExceptionOfType;
import static dev.ringside.assertj.RingsideAssertions.catchThrowableOfType;
import static dev.ringside.assertj.RingsideInstanceOfAssertFactories.HOST;
import static dev.ringside.assertj.RingsideInstanceOfAssertFactories.PACKET;
import static dev.ringside.flow.Destination.drop;
import static dev.ringside.packet.Packets.tcp;
import static dev.ringside.packet.Packets.udp;

import dev.ringside.Lab;
import dev.ringside.host.Host;
import dev.ringside.nic.PhysicalNic;
import dev.ringside.nic.VirtualFunction;
import dev.ringside.packet.Packet;
import dev.ringside.steering.Containment;
import dev.ringside.trace.DropReason;
import dev.ringside.virt.SoftwareRing;
import dev.ringside.vm.VirtualMachine;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.List;
import org.assertj.core.api.InstanceOfAssertFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.opentest4j.AssertionFailedError;
import org.opentest4j.MultipleFailuresError;

/** The doors to the assertions, and what they owe to AssertJ. */
class RingsideAssertionsTest {

  private final Lab lab = Labs.twoNics();
  private final Host host = lab.host();
  private final PhysicalNic p0 = host.pnic("p0");
  private final VirtualMachine web = lab.vm("web");
  private final Packet query = lab.wire().send(udp().to(web).port(53));

  @AfterEach
  void close() {
    lab.close();
  }

  @Test
  void one_import_serves_for_devices_and_for_everything_else() {
    assertThat(web).hasDirectAccessThrough("p0");
    assertThat(web.name()).isEqualTo("web");
    assertThat(web.received()).hasSize(1);
  }

  @Test
  void every_device_has_assertions() {
    VirtualFunction vf = p0.virtualFunction(0);
    assertThat(lab).hasHosts("h1");
    assertThat(host).hasVms("web", "db");
    assertThat(p0).isUp();
    assertThat(vf).isBoundTo("web");
    assertThat(vf.receiveRing(0)).isEmpty();
    assertThat(p0.classifier().table()).isEmpty();
    assertThat(host.aggregator()).isNormal();
    assertThat(host.virtualSwitch()).lostNothing();
    assertThat(host.vnic("web")).isDirect();
    assertThat(lab.externalSwitch()).hasHeard(lab.wire());
    assertThat(lab.cable("p0")).isUp();
    assertThat(lab.wire()).receivedNothing();
    assertThat(web.inbox()).received(1);
    assertThat(lab.journal()).isNotNull();
    assertThat(lab.trace(query)).wasDelivered();
    assertThat(lab.ledger()).isBalanced();
    assertThat(p0.account()).isBalanced();
    assertThat(query).isWellFormed();
    assertThat(p0.standbyRing()).receivedNothing();
    assertThat(host.steering()).containsNothing();
    assertThat(flood()).contained(0);
    assertThat(host.vnic("web").receiveRing()).isEmpty();
    assertThat(softwareRing()).pulled(0);
  }

  private Containment flood() {
    return host.steering().contain(tcp().syn());
  }

  private SoftwareRing softwareRing() {
    var unused = host.steering().steer("web");
    return host.steering().softwareRing("p0", 0);
  }

  @Test
  void every_device_can_be_spoken_of_with_then() {
    VirtualFunction vf = p0.virtualFunction(0);
    then(lab).hasHosts("h1");
    then(host).hasVms("web", "db");
    then(p0).isUp();
    then(vf).isBoundTo("web");
    then(vf.receiveRing(0)).isEmpty();
    then(p0.classifier().table()).isEmpty();
    then(host.aggregator()).isNormal();
    then(host.virtualSwitch()).lostNothing();
    then(host.vnic("web")).isDirect();
    then(lab.externalSwitch()).hasHeard(lab.wire());
    then(lab.cable("p0")).isUp();
    then(lab.wire()).receivedNothing();
    then(web).received(udp());
    then(web.inbox()).received(1);
    then(lab.journal()).isNotNull();
    then(lab.trace(query)).wasDelivered();
    then(lab.ledger()).isBalanced();
    then(p0.account()).isBalanced();
    then(query).isWellFormed();
    then(p0.standbyRing()).receivedNothing();
    then(host.steering()).containsNothing();
    then(flood()).contained(0);
    then(host.vnic("web").receiveRing()).isEmpty();
    then(softwareRing()).pulled(0);
    then(web.name()).isEqualTo("web");
  }

  @Test
  void soft_assertions_collect_every_failure() {
    assertThatExceptionOfType(MultipleFailuresError.class)
        .isThrownBy(
            () ->
                SoftRingsideAssertions.assertSoftly(
                    softly -> {
                      softly.assertThat(web).hasDirectAccessThrough("p1").received(3);
                      softly.assertThat(p0).isUp().isStandby();
                      softly.assertThat(lab.ledger()).droppedNothing();
                      softly.assertThat(web.name()).isEqualTo("db");
                    }))
        .satisfies(
            failures ->
                assertThat(failures.getFailures())
                    .extracting(failure -> failure.getMessage().lines().limit(3).toList())
                    .contains(
                        List.of(
                            "Expecting VM web",
                            "  to have direct access through p1",
                            "  but it has direct access through p0"),
                        List.of(
                            "Expecting VM web",
                            "  to have received 3 packets",
                            "  but it has received 1"),
                        List.of("Expecting PNIC p0", "  to be on standby", "  but it is up"),
                        List.of(
                            "Expecting ledger",
                            "  to have dropped nothing",
                            "  but it has dropped"))
                    .hasSize(5));
  }

  @Test
  void soft_assertions_serve_every_device() {
    VirtualFunction vf = p0.virtualFunction(0);
    SoftRingsideAssertions.assertSoftly(
        softly -> {
          softly.assertThat(lab).hasHosts("h1");
          softly.assertThat(host).hasVms("web", "db");
          softly.assertThat(p0).isUp();
          softly.assertThat(vf).isBoundTo("web");
          softly.assertThat(vf.receiveRing(0)).isEmpty();
          softly.assertThat(p0.classifier().table()).isEmpty();
          softly.assertThat(host.aggregator()).isNormal();
          softly.assertThat(host.virtualSwitch()).lostNothing();
          softly.assertThat(host.vnic("web")).isDirect();
          softly.assertThat(lab.externalSwitch()).hasHeard(lab.wire()).on("station");
          softly.assertThat(lab.cable("p0")).isUp();
          softly.assertThat(lab.wire()).receivedNothing();
          softly.assertThat(web).received(udp()).andNothingElse();
          softly.assertThat(web.inbox()).received(1);
          softly.assertThat(lab.journal()).isNotNull();
          softly.assertThat(lab.trace(query)).wasDelivered();
          softly.assertThat(lab.ledger()).isBalanced();
          softly.assertThat(p0.account()).isBalanced();
          softly.assertThat(query).isWellFormed();
          softly.assertThat(p0.standbyRing()).receivedNothing();
          softly.assertThat(host.steering()).containsNothing();
          softly.assertThat(flood()).contained(0);
          softly.assertThat(host.vnic("web").receiveRing()).isEmpty();
          softly.assertThat(softwareRing()).pulled(0);
        });
  }

  @Test
  void soft_assertions_with_then_collect_every_failure() {
    VirtualFunction vf = p0.virtualFunction(0);
    assertThatExceptionOfType(MultipleFailuresError.class)
        .isThrownBy(
            () ->
                BddSoftRingsideAssertions.thenSoftly(
                    softly -> {
                      softly.then(lab).hasHosts("h2");
                      softly.then(host).hasVms("web");
                      softly.then(p0).isFailed();
                      softly.then(vf).isFree();
                      softly.then(vf.receiveRing(0)).isFull();
                      softly.then(p0.classifier().table()).classifying(query).endsIn(drop());
                      softly.then(host.aggregator()).hasNoneActive();
                      softly.then(host.virtualSwitch()).dropped(DropReason.TTL, 1);
                      softly.then(host.vnic("web")).isDown();
                      softly.then(lab.externalSwitch()).hasNotHeard(lab.wire());
                      softly.then(lab.cable("p0")).isUnplugged();
                      softly.then(lab.wire()).received(1);
                      softly.then(web).receivedNothing();
                      softly.then(web.inbox()).receivedNothing();
                      softly.then(lab.journal()).isNull();
                      softly.then(lab.trace(query)).wasNotDelivered();
                      softly.then(lab.ledger()).delivered(0);
                      softly.then(p0.account()).received(0);
                      softly.then(query).isMalformed();
                      softly.then(p0.standbyRing()).received(1);
                      softly.then(host.steering()).contains(udp());
                      softly.then(flood()).isRemoved();
                      softly.then(host.vnic("web").receiveRing()).isFull();
                      softly.then(softwareRing()).pulled(1);
                    }))
        .satisfies(failures -> assertThat(failures.getFailures()).hasSize(24));
  }

  @Test
  void assertions_are_reached_from_AssertJs_own() {
    assertThat(lab.hosts()).first(as(HOST)).hasVms("web", "db");
    assertThat(web.received()).first(as(PACKET)).matches(udp().port(53));
  }

  @Test
  void every_factory_makes_its_assertions() throws IllegalAccessException {
    for (var field : RingsideInstanceOfAssertFactories.class.getFields()) {
      InstanceOfAssertFactory<?, ?> factory = (InstanceOfAssertFactory<?, ?>) field.get(null);
      assertThat(factory).as(field.getName()).isNotNull();
    }
    assertThat((Object) web).asInstanceOf(RingsideAssertions.VIRTUAL_MACHINE).hasDirectAccess();
  }

  @Test
  void a_failure_carries_what_was_expected_and_what_was_there() {
    AssertionFailedError error =
        catchThrowableOfType(
            AssertionFailedError.class, () -> assertThat(web).hasDirectAccessThrough("p1"));
    assertThat(error.getExpected().getStringRepresentation()).contains("direct access through p1");
    assertThat(error.getActual().getStringRepresentation()).contains("direct access through p0");
  }

  /** What AssertJ then leaves out; the whole trace is kept here for {@link Failing}. */
  @Test
  void stack_traces_start_at_the_test() {
    VirtualMachineAssert assertion = assertThat(web);

    assertThat(assertion.isElementOfCustomAssert(frameOf(VirtualMachineAssert.class))).isTrue();
    assertThat(assertion.isElementOfCustomAssert(frameOf(AbstractRingsideAssert.class))).isTrue();
    assertThat(assertion.isElementOfCustomAssert(frameOf(SoftMode.class))).isTrue();
    assertThat(assertion.isElementOfCustomAssert(frameOf(RingsideAssertionsTest.class))).isFalse();
  }

  private static StackTraceElement frameOf(Class<?> type) {
    return new StackTraceElement(type.getName(), "method", null, 1);
  }

  @Test
  void descriptions_and_messages_of_the_user_count() {
    Failing.fails(
        () -> assertThat(host).as("two NICs").hasPnics("p0"),
        """
        [two NICs] Expecting host h1
          to have PNICs [p0]
          but it has [p0, p1]

        Replay with @LabSeed(0x5eedL)
        """);
    Failing.fails(
        () -> assertThat(host).withFailMessage("one is enough").hasPnics("p0"), "one is enough");
  }

  @Test
  void soft_assertions_can_take_hold_of_every_assertion() {
    for (Class<?> type :
        List.of(
            AccountAssert.class,
            BladeChassisAssert.class,
            CableAssert.class,
            ContainmentAssert.class,
            FlowTableAssert.class,
            HostAssert.class,
            InboxAssert.class,
            InterconnectAssert.class,
            JournalAssert.class,
            LabAssert.class,
            LedgerAssert.class,
            LacpSystemAssert.class,
            LinkAggregatorAssert.class,
            MigrationAssert.class,
            MonitorAssert.class,
            PacketAssert.class,
            PhysicalNicAssert.class,
            ReceiveRingAssert.class,
            SoftwareReceiveRingAssert.class,
            SoftwareRingAssert.class,
            StandbyRingAssert.class,
            StationAssert.class,
            SteeringAssert.class,
            SwitchAssert.class,
            TraceAssert.class,
            TransmitBufferAssert.class,
            TransmitBufferRequestAssert.class,
            TransmitBuffersAssert.class,
            VirtualFunctionAssert.class,
            VirtualLinkAggregatorAssert.class,
            VirtualMachineAssert.class,
            VirtualRouterAssert.class,
            VirtualSwitchingTableAssert.class,
            VnicAssert.class)) {
      assertThat(Modifier.isFinal(type.getModifiers())).as(type.getName()).isFalse();
      for (Method method : type.getMethods()) {
        if (method.getDeclaringClass().getName().startsWith("dev.ringside")) {
          assertThat(Modifier.isFinal(method.getModifiers())).as(method.toString()).isFalse();
        }
      }
    }
  }
}
