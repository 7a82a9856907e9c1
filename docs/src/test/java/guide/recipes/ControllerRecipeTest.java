// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package guide.recipes;

import static dev.ringside.assertj.RingsideAssertions.assertThat;
import static dev.ringside.flow.Destination.drop;
import static dev.ringside.flow.Destination.ring;
import static dev.ringside.packet.Packets.arp;
import static dev.ringside.packet.Packets.tcp;

import dev.ringside.Lab;
import dev.ringside.flow.FlowTable;
import dev.ringside.host.Host;
import dev.ringside.junit.jupiter.HostSpec;
import dev.ringside.junit.jupiter.RingsideExtension;
import dev.ringside.nic.PhysicalNic;
import dev.ringside.nic.VirtualFunction;
import dev.ringside.packet.Packet;
import dev.ringside.trace.DropReason;
import dev.ringside.vm.VirtualMachine;
import guide.Output;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

class ControllerRecipeTest {

  // tag::controller[]
  /** What the controller knows of the network; in production, a client of its control protocol. */
  interface Datapath {

    /** The port that a guest is behind, null if it has none at the moment. */
    String portOf(String guest);

    /** Lets only these TCP ports of the guest in, on the port that it is behind. */
    void program(String guest, List<Integer> open);
  }

  /** The code under test: keeps all ports of all guests closed but those that were opened. */
  static final class PortGuard {
    private final Datapath datapath;
    private final Map<String, List<Integer>> wanted = new LinkedHashMap<>();
    private final Map<String, String> programmed = new LinkedHashMap<>();

    PortGuard(Datapath datapath, ScheduledExecutorService timers) {
      this.datapath = datapath;
      timers.scheduleAtFixedRate(this::reconcile, 100, 100, TimeUnit.MILLISECONDS);
    }

    void open(String guest, Integer... ports) {
      wanted.put(guest, List.of(ports));
      programmed.remove(guest);
      reconcile();
    }

    private void reconcile() {
      wanted.forEach(
          (guest, open) -> {
            String port = datapath.portOf(guest);
            if (port != null && !port.equals(programmed.get(guest))) {
              datapath.program(guest, open);
              programmed.put(guest, port);
            }
          });
    }
  }

  // end::controller[]

  // tag::adapter[]
  /** The network, played by a lab: 20 lines instead of a rack. */
  static final class LabDatapath implements Datapath {
    private final Host host;

    LabDatapath(Host host) {
      this.host = host;
    }

    @Override
    public String portOf(String guest) {
      return host.vm(guest).directAccessThrough();
    }

    @Override
    public void program(String guest, List<Integer> open) {
      FlowTable table = tableOf(guest);
      table.entries().forEach(table::remove);
      for (int port : open) {
        table.append(tcp().port(port), ring(0));
      }
      table.append(arp(), ring(0));
      table.append(packet -> true, drop());
    }

    FlowTable tableOf(String guest) {
      PhysicalNic nic = host.pnic(portOf(guest));
      for (VirtualFunction function : nic.boundFunctions()) {
        if (guest.equals(function.owner())) {
          return nic.classifier().table(function);
        }
      }
      throw new IllegalStateException(guest + " has no virtual function on " + nic.name());
    }
  }

  // end::adapter[]

  @Nested
  // tag::tests[]
  @ExtendWith(RingsideExtension.class)
  @HostSpec(pnics = 2, virtualFunctions = 2, vms = "web")
  class PortGuardTest {

    private LabDatapath datapath;
    private VirtualMachine web;

    @BeforeEach
    void open_the_web_port(Lab lab, Host host) {
      web = host.vm("web");
      datapath = new LabDatapath(host);
      new PortGuard(datapath, lab.executor()).open("web", 80, 443);
    }

    @Test
    void what_is_open_gets_in_and_nothing_else(Lab lab, Host host) {
      lab.wire().send(tcp().syn().to(web).port(80));
      lab.wire().send(tcp().syn().to(web).port(22));

      assertThat(web).received(tcp().port(80), 1).andNothingElse();
      assertThat(host.pnic("p0")).dropped(DropReason.FLOW_RULE, 1);
    }

    @Test
    void the_rules_are_on_the_card_in_this_order() {
      Packet ssh = tcp().syn().to(web).port(22).toPacket();
      assertThat(datapath.tableOf("web")).classifying(ssh).walked("3");
      Output.assertShown("recipe-walk.txt", datapath.tableOf("web").explain(ssh).toString());
    }

    @Test
    void the_rules_follow_the_guest_to_the_card_that_takes_over(Lab lab, Host host) {
      host.pnic("p0").fail();
      lab.advance(Duration.ofMillis(100)); // the controller looks ten times a second

      lab.wire().send(tcp().syn().to(web).port(22));

      assertThat(web).receivedNothing();
      assertThat(host.pnic("p1")).dropped(DropReason.FLOW_RULE, 1);
    }

    @Test
    void until_then_the_door_is_open(Lab lab, Host host) {
      host.pnic("p0").fail();
      lab.wire().send(tcp().syn().to(web).port(22)); // at the very instant of the failover

      assertThat(web).received(tcp().port(22), 1); // now you know, and can decide
    }
  }
  // end::tests[]
}
