// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.assertj;

import static dev.ringside.assertj.Failing.fails;
import static dev.ringside.assertj.RingsideAssertions.assertThat;
import static dev.ringside.assertj.RingsideAssertions.assertThatThrownBy;
import static dev.ringside.packet.Packets.udp;

import dev.ringside.Lab;
import dev.ringside.LabBuilder;
import dev.ringside.routing.Router;
import dev.ringside.trace.DropReason;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RouterAssertTest {

  private final Lab lab = open();
  private final Router router = lab.router();

  private static Lab open() {
    LabBuilder builder = Lab.builder();
    builder.subnet("A", "192.0.2.0/24");
    builder.subnet("B", "198.51.100.0/24");
    builder.host("h1").subnet("A").vms("web");
    return builder.open();
  }

  @AfterEach
  void close() {
    lab.close();
  }

  @Test
  void has_a_route() {
    assertThat(router).hasRouteTo("198.51.100.7").hasRouteTo(lab.vm("web").ipv4());
    router.removePort("station");
    fails(
        () -> assertThat(router).hasRouteTo("203.0.113.7"),
        """
        Expecting router router
          to have a route to 203.0.113.7
          but it has these [192.0.2.0/24 on link at A, 198.51.100.0/24 on link at B, 2001:db8:53:1::/64 on link at A, 2001:db8:53:2::/64 on link at B]

        Replay with @LabSeed(0x5eedL)
        """);
  }

  @Test
  void has_no_route() {
    assertThat(router).hasNoRouteTo("203.0.113.7");
    fails(
        () -> assertThat(router).hasNoRouteTo("192.0.2.7"),
        """
        Expecting router router
          to have no route to 192.0.2.7
          but it has 192.0.2.0/24 on link at A

        Replay with @LabSeed(0x5eedL)
        """);
  }

  @Test
  void leads_by_a_port() {
    assertThat(router).hasRouteTo("192.0.2.7").by("A");
    fails(
        () -> assertThat(router).hasRouteTo("192.0.2.7").by("B"),
        """
        Expecting router router
          to have a route to 192.0.2.7 by port B
          but it has 192.0.2.0/24 on link at A

        Replay with @LabSeed(0x5eedL)
        """);
    assertThatThrownBy(() -> assertThat(router).by("B"))
        .hasMessage("say first where to: hasRouteTo(address).by(\"B\")");
  }

  @Test
  void leads_to_a_gateway() {
    router.routes().add("203.0.113.0/24", "198.51.100.9");
    assertThat(router).hasRouteTo("203.0.113.7").by("B").via("198.51.100.9");
    fails(
        () -> assertThat(router).hasRouteTo("192.0.2.7").via("198.51.100.9"),
        """
        Expecting router router
          to have a route to 192.0.2.7 via 198.51.100.9
          but it has 192.0.2.0/24 on link at A

        Replay with @LabSeed(0x5eedL)
        """);
    assertThatThrownBy(() -> assertThat(router).via("198.51.100.9"))
        .hasMessage("say first where to: hasRouteTo(address).via(\"198.51.100.9\")");
  }

  @Test
  void dropped() {
    lab.vm("web").send(udp().to("203.0.113.7"));
    assertThat(router).dropped(DropReason.NO_ROUTE, 1).droppedOnly(DropReason.NO_ROUTE);
  }
}
