// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.mockito;

import static dev.ringside.mockito.RingsideMatchers.allNamed;
import static dev.ringside.mockito.RingsideMatchers.named;
import static dev.ringside.packet.Packets.udp;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.mockingDetails;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.verifyNoMoreInteractions;

import dev.ringside.Lab;
import dev.ringside.aggregate.Candidate;
import dev.ringside.aggregate.FailoverPolicy;
import dev.ringside.host.Host;
import dev.ringside.nic.PhysicalNic;
import dev.ringside.packet.Packet;
import dev.ringside.packet.PacketSink;
import dev.ringside.packet.PacketSpec;
import dev.ringside.vm.VirtualMachine;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.mockito.InOrder;
import org.mockito.exceptions.verification.VerificationInOrderFailure;
import org.mockito.exceptions.verification.WantedButNotInvoked;

class RecordingViewsTest {

  private final Lab lab = Lab.open();
  private final RecordingViews views = new RecordingViews();

  @AfterEach
  void close() {
    lab.close();
  }

  // ---- recording and delegating ----

  @Test
  void what_is_done_through_a_view_happens_to_the_wired_device() {
    PhysicalNic p0 = views.of(lab.host().pnic("p0"));

    p0.fail();

    verify(p0).fail();
    assertThat(lab.host().aggregator().activeName()).isEqualTo("p1");
    assertThat(p0.isFailed()).isEqualTo(lab.host().pnic("p0").isFailed()).isTrue();
  }

  @Test
  void what_the_lab_does_itself_is_seen_through_a_view_and_not_recorded() {
    PhysicalNic p0 = views.of(lab.host().pnic("p0"));

    lab.host().pnic("p0").fail();

    assertThat(p0.isFailed()).isTrue();
    verify(p0, never()).fail();
  }

  @Test
  void says_by_name_what_was_not_done() {
    PhysicalNic p0 = views.of(lab.host().pnic("p0"));

    assertThatThrownBy(() -> verify(p0).fail())
        .isInstanceOf(WantedButNotInvoked.class)
        .hasMessageContaining("Wanted but not invoked:\np0.fail();");
  }

  @Test
  void verifies_the_order_of_what_was_done_to_several_devices() {
    PhysicalNic p0 = views.of(lab.host().pnic("p0"));
    PhysicalNic p1 = views.of(lab.host().pnic("p1"));

    p0.fail();
    p0.repair();
    p1.fail();

    InOrder order = views.inOrder();
    order.verify(p0).fail();
    order.verify(p1).fail();
    assertThatThrownBy(() -> order.verify(p0).repair())
        .isInstanceOf(VerificationInOrderFailure.class)
        .hasMessageContaining("p0.repair();");
    verify(p0).repair();
    verifyNoMoreInteractions(views.all());
  }

  @Test
  void a_call_can_be_stubbed_as_with_any_mock() {
    PhysicalNic p0 = views.of(lab.host().pnic("p0"));
    doThrow(new IllegalStateException("no permission")).when(p0).fail();

    assertThatThrownBy(p0::fail).hasMessage("no permission");
    assertThat(lab.host().pnic("p0").isFailed()).isFalse();
  }

  @Test
  void throws_what_the_device_throws() {
    Host host = views.of(lab.host());

    assertThatThrownBy(() -> host.pnic("p7"))
        .isExactlyInstanceOf(IllegalArgumentException.class)
        .hasMessage("no PNIC named 'p7' on host h1; it has [p0, p1]");
  }

  // ---- views among themselves ----

  @Test
  void there_is_one_view_of_a_device() {
    PhysicalNic p0 = views.of(lab.host().pnic("p0"));

    assertThat(views.of(lab.host().pnic("p0"))).isSameAs(p0);
    assertThat(views.of(p0)).isSameAs(p0);
    assertThat(views.device(p0)).isSameAs(lab.host().pnic("p0"));
    assertThat(views.device("else")).isEqualTo("else");
    assertThat(views.all()).containsExactly(p0);
  }

  @Test
  void a_view_returns_views_where_there_are_some() {
    PhysicalNic p1 = views.of(lab.host().pnic("p1"));
    Host host = views.of(lab.host());

    assertThat(host.pnic("p1")).isSameAs(p1);
    assertThat(host.pnics()).containsExactly(lab.host().pnic("p0"), p1);
    assertThat(host.pnic("p0")).isSameAs(lab.host().pnic("p0"));
    assertThat(host.vms()).isEqualTo(lab.host().vms());
  }

  @Test
  void a_view_as_an_argument_reaches_the_device_as_what_it_stands_for() {
    VirtualMachine vm1 = views.of(lab.vm("vm1"));
    VirtualMachine vm2 = views.of(lab.vm("vm2"));

    vm1.ping(vm2);

    verify(vm1).ping(vm2);
    assertThat(lab.vm("vm1").received()).isNotEmpty();
  }

  @Test
  void there_is_no_order_without_views() {
    assertThatThrownBy(views::inOrder)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("there is no view yet; make one with of(device)");
  }

  @Test
  void every_device_can_be_viewed() {
    PhysicalNic p0 = lab.host().pnic("p0");
    List<Object> devices =
        List.of(
            lab.host(),
            p0,
            p0.classifier(),
            p0.classifier().table(),
            p0.receiveRing(0),
            p0.virtualFunction(0),
            lab.host().aggregator(),
            lab.host().virtualSwitch(),
            lab.host().steering(),
            lab.vm("vm1"),
            lab.cable("p0"),
            lab.externalSwitch(),
            lab.wire());

    assertThat(devices)
        .allSatisfy(
            device -> {
              Object view = views.of(device);
              assertThat(view).isInstanceOf(device.getClass()).hasToString(device.toString());
              assertThat(view.getClass()).as("a subclass").isNotSameAs(device.getClass());
            });
  }

  @Test
  void the_lab_itself_can_be_viewed() {
    PhysicalNic p0 = views.of(lab.host().pnic("p0"));
    Host host = views.of(lab.host());
    Lab viewed = views.of(lab);

    viewed.host().pnic("p0").fail();
    viewed.advance(Duration.ofMillis(1));

    InOrder order = views.inOrder();
    order.verify(viewed).host();
    order.verify(host).pnic("p0");
    order.verify(p0).fail();
    order.verify(viewed).advance(Duration.ofMillis(1));
    assertThat(lab.elapsed()).isEqualTo(Duration.ofMillis(1));
  }

  // ---- policies ----

  @Test
  void records_what_a_policy_is_asked() {
    FailoverPolicy lastFirst = (healthy, failed) -> healthy.get(healthy.size() - 1);
    FailoverPolicy policy = views.of(FailoverPolicy.class, lastFirst);
    lab.host().aggregator().setPolicy(policy);

    lab.host().pnic("p0").fail();

    verify(policy).choose(allNamed("p1"), named("p0"));
    assertThat(lab.host().aggregator().activeName()).isEqualTo("p1");
  }

  @Test
  void asks_what_a_function_is() {
    FailoverPolicy lastFirst = (healthy, failed) -> healthy.get(healthy.size() - 1);

    assertThatThrownBy(() -> views.of(lastFirst))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "cannot view a function; say what it is: views.of(FailoverPolicy.class, policy)");
  }

  @Test
  void views_a_policy_that_is_a_class() {
    FailoverPolicy policy = views.of(new First());
    lab.host().aggregator().setPolicy(policy);

    lab.host().pnic("p0").fail();

    verify(policy).choose(allNamed("p1"), named("p0"));
  }

  static class First implements FailoverPolicy {
    @Override
    public Candidate choose(List<Candidate> healthy, Candidate failed) {
      return healthy.get(0);
    }
  }

  // ---- not in the way of packets ----

  @Test
  void the_wired_devices_are_as_they_were() {
    PhysicalNic wired = lab.host().pnic("p0");
    PhysicalNic view = views.of(wired);

    assertThat(mockingDetails(view).isMock()).isTrue();
    assertThat(mockingDetails(wired).isMock()).isFalse();
    assertThat(lab.host().pnic("p0")).isSameAs(wired);
    assertThat(view.getClass()).isNotSameAs(PhysicalNic.class).hasSuperclass(PhysicalNic.class);

    lab.wire().send(udp().to(lab.vm("vm1")), 100);
    assertThat(mockingDetails(view).getInvocations()).isEmpty();
    assertThat(lab.vm("vm1").received()).hasSize(100);
  }

  @Test
  void a_view_refuses_packets() {
    PacketSink sink = views.of(PacketSink.class, packet -> {});
    Packet packet = udp().to(lab.vm("vm1")).toPacket();

    assertThatThrownBy(() -> sink.accept(packet))
        .isInstanceOf(UnsupportedOperationException.class)
        .hasMessage("packetSink is a view for operations; hand packets to the device itself");
    PhysicalNic p0 = views.of(lab.host().pnic("p0"));
    assertThatThrownBy(() -> p0.transmit(packet))
        .isInstanceOf(UnsupportedOperationException.class)
        .hasMessage("p0 is a view for operations; hand packets to the device itself");
  }

  @Test
  void sends_of_a_virtual_machine_are_operations() {
    VirtualMachine vm1 = views.of(lab.vm("vm1"));

    vm1.send(udp().to(lab.wire()).port(53));

    verify(vm1).send(any(PacketSpec.class));
    assertThat(lab.wire().received()).hasSize(1);
  }
}
