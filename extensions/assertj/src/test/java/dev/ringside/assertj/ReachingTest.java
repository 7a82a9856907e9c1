// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.assertj;

import static dev.ringside.assertj.Failing.fails;
import static dev.ringside.assertj.Failing.failsSaying;
import static dev.ringside.assertj.RingsideAssertions.assertThat;
import static dev.ringside.assertj.RingsideAssertions.assertThatThrownBy;
import static dev.ringside.packet.Packets.udp;

import dev.ringside.Lab;
import dev.ringside.LabBuilder;
import dev.ringside.host.VmSpec;
import dev.ringside.packet.IpPrefix;
import dev.ringside.packet.Packet;
import dev.ringside.trace.Trace;
import dev.ringside.vm.VirtualMachine;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ReachingTest {

  private final Lab lab = open(true);
  private final VirtualMachine web = lab.vm("web");
  private final VirtualMachine cache = lab.vm("cache");
  private final VirtualMachine db = lab.vm("db");

  private static Lab open(boolean tracing) {
    LabBuilder builder = Lab.builder();
    builder.subnet("A", "192.0.2.0/24");
    builder.subnet("B", "198.51.100.0/24");
    builder
        .host("h1")
        .vm(VmSpec.named("web").subnet("A").switched())
        .vm(VmSpec.named("cache").subnet("A").switched())
        .vm(VmSpec.named("db").subnet("B").switched());
    return tracing ? builder.open() : builder.withoutTracing().open();
  }

  @AfterEach
  void close() {
    lab.close();
  }

  private Trace query(VirtualMachine to) {
    assertThat(web).reaches(to); // so that all addresses are resolved
    Packet query = web.send(udp().to(to).port(53));
    return lab.trace(query);
  }

  @Test
  void went_through_a_router() {
    assertThat(query(db)).wentThrough(lab.router());
    Trace near = query(cache);
    fails(
        () -> assertThat(near).wentThrough(lab.router()),
        """
        Expecting packet #17 udp 192.0.2.2:49152 > 192.0.2.3:53, 60 bytes
          to go through router router
          but it was delivered at STACK cache

                     0 ns  #17  STACK           web          injected: #17 udp 192.0.2.2:49152 > 192.0.2.3:53, 60 bytes
                     0 ns  #17  VNIC            web/vnic0    passed
                     0 ns  #17  VIRTUAL_SWITCH  vswitch      passed
                     0 ns  #17  VNIC            cache/vnic0  passed
                     0 ns  #17  STACK           cache        delivered

        Replay with @LabSeed(0x5eedL)
        """);
  }

  @Test
  void never_went_through_a_router() {
    assertThat(query(cache)).neverWentThrough(lab.router());
    Trace far = query(db);
    failsSaying(
        () -> assertThat(far).neverWentThrough(lab.router()),
        "\n  never to go through router router\n  but it was delivered");
  }

  @Test
  void reaches() {
    assertThat(web).reaches(db).reaches(cache).reaches(lab.wire());
    lab.router().removePort("B");
    fails(
        () -> assertThat(web).reaches(db),
        """
        Expecting VM web
          to reach db
          but its ping was dropped at ROUTER router, NO_ROUTE: no route to 198.51.100.2, among 6

                     0 ns  #21  STACK            web        injected: #21 icmp echo request 192.0.2.2 > 198.51.100.2, 60 bytes
                     0 ns  #21  VNIC             web/vnic0  passed
                     0 ns  #21  VIRTUAL_SWITCH   vswitch    passed
                     0 ns  #21  WIRE             p0         passed: to network
                     0 ns  #21  EXTERNAL_SWITCH  switch     passed
                     0 ns  #21  ROUTER           router     dropped, NO_ROUTE: no route to 198.51.100.2, among 6

        Replay with @LabSeed(0x5eedL)
        """);
  }

  @Test
  void reaches_over_ipv6() {
    assertThat(web).reachesOverIpv6(db).through(lab.router());
    db.stack().routes().remove("::/0");
    failsSaying(
        () -> assertThat(web).reachesOverIpv6(db),
        "\n  to reach db\n  but the answer to its ping was dropped at STACK db, NO_ROUTE: no"
            + " route to 2001:db8:53:1::2 in [");
  }

  @Test
  void who_does_not_answer_is_not_reached() {
    db.pause();
    failsSaying(
        () -> assertThat(web).reaches(db),
        "\n  to reach db\n  but its ping is still under way, at ");
  }

  @Test
  void reaches_within_a_time() {
    lab.cable("p0").toNetwork().setLatency(Duration.ofMillis(1));
    assertThat(web).reachesWithin(Duration.ofMillis(10), db);
    failsSaying(() -> assertThat(web).reaches(db), "but its ping is still under way, at ");
    lab.advance(Duration.ofMillis(10));
    fails(
        () -> assertThat(web).reachesWithin(Duration.ofNanos(1), db),
        """
        Expecting VM web
          to reach db
          but its ping is still under way, at WIRE p0

              20000000 ns  #12  STACK           web        injected: #12 icmp echo request 192.0.2.2 > 198.51.100.2, 60 bytes
              20000000 ns  #12  VNIC            web/vnic0  passed
              20000000 ns  #12  VIRTUAL_SWITCH  vswitch    passed
              20000000 ns  #12  WIRE            p0         passed: to network

        Replay with @LabSeed(0x5eedL)
        """);
  }

  @Test
  void does_not_reach() {
    failsSaying(
        () -> assertThat(web).doesNotReach(db),
        "\n  to not reach db\n  but the answer was delivered at STACK web\n");
    lab.router().shutDown();
    assertThat(web).doesNotReach(db);
  }

  @Test
  void through_a_router() {
    assertThat(web).reaches(db).through(lab.router());
    failsSaying(
        () -> assertThat(web).reaches(cache).through(lab.router()),
        "\n  to reach cache through router router\n"
            + "  but its ping went another way, and was delivered at STACK cache\n");
    assertThatThrownBy(() -> assertThat(web).through(lab.router()))
        .hasMessage("no ping was sent; say reaches(station) before");
  }

  @Test
  void an_answer_that_goes_another_way_is_told_of() {
    web.stack().routes().add("198.51.100.0/24", "192.0.2.1");
    db.stack().routes().addOnLink("192.0.2.0/24");
    lab.router().port("B").setProxyArp(true);
    assertThat(web).reaches(db).through(lab.router());
    VirtualMachine twin =
        lab.host().addVm(VmSpec.named("twin").ipv4("198.51.100.9").vlan(web.vlan()));
    twin.stack().routes().addOnLink("192.0.2.0/24");
    lab.router().routes().addOnLink(IpPrefix.of(twin.ipv4()), lab.router().port("A"));

    failsSaying(
        () -> assertThat(web).reaches(twin).through(lab.router()),
        "\n  to reach twin through router router\n"
            + "  but the answer went another way, and was delivered at STACK web\n");
  }

  @Test
  void without_leaving_a_host() {
    assertThat(web).reaches(cache).withoutLeaving(lab.host());
    failsSaying(
        () -> assertThat(web).reaches(db).withoutLeaving(lab.host()),
        "\n  to reach db without leaving host h1\n"
            + "  but its ping went another way, and was delivered at STACK db\n");
  }

  @Test
  void without_traces_it_is_known_whether_but_not_how() {
    try (Lab untraced = open(false)) {
      VirtualMachine from = untraced.vm("web");
      assertThat(from).reaches(untraced.vm("db"));
      failsSaying(
          () -> assertThat(from).reaches(untraced.vm("db")).through(untraced.router()),
          "but its ping went another way, and left no trace; is tracing off?");
    }
  }
}
