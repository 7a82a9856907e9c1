// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package guide;

import static dev.ringside.assertj.RingsideAssertions.assertThat;
import static dev.ringside.mockito.RingsideMatchers.allNamed;
import static dev.ringside.mockito.RingsideMatchers.named;
import static dev.ringside.mockito.RingsideMatchers.packet;
import static dev.ringside.packet.Packets.udp;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.mockito.ArgumentMatchers.anyList;
import static org.mockito.ArgumentMatchers.anyLong;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import dev.ringside.Lab;
import dev.ringside.aggregate.Candidate;
import dev.ringside.aggregate.FailoverPolicies;
import dev.ringside.aggregate.FailoverPolicy;
import dev.ringside.host.Host;
import dev.ringside.junit.jupiter.Device;
import dev.ringside.junit.jupiter.RingsideExtension;
import dev.ringside.mockito.RecordingViews;
import dev.ringside.nic.PhysicalNic;
import dev.ringside.stack.PacketHandler;
import dev.ringside.steering.DosDetector;
import dev.ringside.vm.VirtualMachine;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.mockito.InOrder;
import org.mockito.Mock;
import org.mockito.junit.jupiter.MockitoExtension;

class MockitoTest {

  @Nested
  // tag::matchers[]
  @ExtendWith({MockitoExtension.class, RingsideExtension.class})
  class HandlerTest {

    @Mock PacketHandler handler;

    @Test
    void is_given_the_query(Lab lab, @Device("vm1") VirtualMachine dns) {
      dns.onPacket(handler);

      lab.wire().send(udp().to(dns).port(53).payload("query"));

      verify(handler).handle(packet(udp().from(lab.wire()).port(53).payload("query")));
    }
  }

  // end::matchers[]

  @Test
  void a_packet_that_nobody_sent() {
    try (Lab lab = Lab.open()) {
      PacketHandler handler = mock(PacketHandler.class, "handler");
      lab.vm("vm1").onPacket(handler);
      lab.wire().send(udp().to(lab.vm("vm1")).port(54));

      Throwable thrown =
          assertThrows(
              AssertionError.class,
              () ->
                  // tag::miss[]
                  verify(handler).handle(packet(udp().port(53)))
              // end::miss[]
              );

      Pattern places = Pattern.compile("(?m)^-> at .*\n");
      Output.assertShown(
          "mockito-miss.txt", places.matcher(thrown.getMessage()).replaceAll("").strip());
    }
  }

  // tag::code[]
  /** The code under test: takes a NIC out of service, and puts it back. */
  static final class Maintenance {
    private final Host host;

    Maintenance(Host host) {
      this.host = host;
    }

    void restart(String nic) {
      host.aggregator().switchTo("p1");
      host.pnic(nic).linkDown();
      host.pnic(nic).linkUp();
    }
  }

  // end::code[]

  @Nested
  @ExtendWith({MockitoExtension.class, RingsideExtension.class})
  class ViewsTest {

    // tag::views[]
    @Test
    void switches_before_it_takes_the_link_down(Lab lab) {
      RecordingViews views = new RecordingViews();
      var aggregator = views.of(lab.host().aggregator());
      PhysicalNic p0 = views.of(lab.host().pnic("p0"));
      Host host = views.of(lab.host()); // gives out the views above

      new Maintenance(host).restart("p0");

      InOrder order = views.inOrder();
      order.verify(aggregator).switchTo("p1");
      order.verify(p0).linkDown();
      order.verify(p0).linkUp();
      assertThat(lab.vm("vm1")).hasDirectAccessThrough("p1"); // it has really happened
    }

    // end::views[]

    // tag::stubs[]
    @Test
    void tells_that_a_card_refuses(Lab lab) {
      RecordingViews views = new RecordingViews();
      PhysicalNic p0 = views.of(lab.host().pnic("p0"));
      doThrow(new IllegalStateException("firmware is busy")).when(p0).linkDown();
      Host host = views.of(lab.host());

      assertThrows(IllegalStateException.class, () -> new Maintenance(host).restart("p0"));
    }

    // end::stubs[]

    // tag::policies[]
    @Test
    void a_policy_of_the_tests(Lab lab, @Mock FailoverPolicy policy) {
      when(policy.choose(anyList(), named("p0")))
          .thenAnswer(call -> call.<List<Candidate>>getArgument(0).get(0));
      lab.host().aggregator().setPolicy(policy);

      lab.host().pnic("p0").fail();

      assertThat(lab.vm("vm1")).hasDirectAccessThrough("p1");
    }

    @Test
    void your_own_policy_and_what_it_is_asked(Lab lab) {
      RecordingViews views = new RecordingViews();
      FailoverPolicy yours = FailoverPolicies.firstHealthy();
      FailoverPolicy policy = views.of(FailoverPolicy.class, yours);
      lab.host().aggregator().setPolicy(policy);

      lab.host().pnic("p0").fail();

      verify(policy).choose(allNamed("p1"), named("p0"));
    }

    @Test
    void a_detector_that_knows_one_attack(Lab lab, @Mock DosDetector detector) {
      when(detector.observe(packet(udp().port(9)), anyLong())).thenReturn(udp().port(9));
      lab.host().steering().detect(detector);

      lab.wire().send(udp().to(lab.vm("vm1")).port(9));

      assertThat(lab.vm("vm1")).receivedNothing();
    }
    // end::policies[]
  }
}
