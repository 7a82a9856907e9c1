// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package guide;

import static dev.ringside.assertj.RingsideAssertions.assertThat;
import static dev.ringside.packet.Packets.udp;

import dev.ringside.Lab;
import dev.ringside.LabBuilder;
import dev.ringside.Topology;
import dev.ringside.host.Host;
import dev.ringside.junit.jupiter.Device;
import dev.ringside.junit.jupiter.ExpectDrops;
import dev.ringside.junit.jupiter.HostSpec;
import dev.ringside.junit.jupiter.LabScope;
import dev.ringside.junit.jupiter.LabSeed;
import dev.ringside.junit.jupiter.LabTopology;
import dev.ringside.junit.jupiter.Lenient;
import dev.ringside.junit.jupiter.Managed;
import dev.ringside.junit.jupiter.RingsideExtension;
import dev.ringside.junit.jupiter.Scope;
import dev.ringside.lifecycle.LabCheck;
import dev.ringside.lifecycle.LabSession;
import dev.ringside.nic.PhysicalNic;
import dev.ringside.nic.VirtualFunction;
import dev.ringside.packet.IpAddress;
import dev.ringside.trace.DropReason;
import dev.ringside.vm.VirtualMachine;
import dev.ringside.wire.Selector;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.time.Duration;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

class JunitTest {

  @Nested
  // tag::parameters[]
  @ExtendWith(RingsideExtension.class)
  class ParametersTest {

    @Test
    void a_default_lab(Lab lab, Host host) {
      assertThat(host).hasPnics("p0", "p1").hasVms("vm1", "vm2");
    }

    @Test
    void a_host_as_the_test_needs_it(
        @HostSpec(
                pnics = 3,
                virtualFunctions = 8,
                vms = {"web", "db"})
            Host host,
        @Device("web") VirtualMachine web,
        @Device("p2") PhysicalNic last,
        @Device("p0/vf1") VirtualFunction second) {
      assertThat(web).hasDirectAccessThrough("p0");
      assertThat(last).isStandby();
      assertThat(second).isBoundTo("db");
    }
  }

  // end::parameters[]

  // tag::topology[]
  /** Shared by many tests. */
  static final class WebAndDatabase implements Topology {
    @Override
    public void build(LabBuilder lab) {
      lab.host("h1").pnics(2).virtualFunctions(4).vms("web");
      lab.host("h2").pnics(2).virtualFunctions(4).vms("db");
    }
  }

  // end::topology[]

  @Nested
  // tag::topology-use[]
  @ExtendWith(RingsideExtension.class)
  @LabTopology(WebAndDatabase.class)
  class TopologyTest {

    @Device("web")
    VirtualMachine web;

    @Device("db")
    VirtualMachine db;

    @Test
    void web_reaches_the_database() {
      web.send(udp().to(db).port(5432));

      assertThat(db).received(udp().from(web)).andNothingElse();
    }
  }

  // end::topology-use[]

  // tag::meta[]
  /** A test class with a host that can fail over. */
  @Retention(RetentionPolicy.RUNTIME)
  @ExtendWith(RingsideExtension.class)
  @HostSpec(pnics = 2, virtualFunctions = 4, vms = "web")
  @interface WithWebHost {}

  // end::meta[]

  @Nested
  // tag::meta-use[]
  @WithWebHost
  class MetaTest {

    @Test
    void direct_access_follows(Host host, @Device("web") VirtualMachine web) {
      host.pnic("p0").fail();

      assertThat(web).hasDirectAccessThrough("p1");
    }
  }

  // end::meta-use[]

  @Nested
  // tag::managed[]
  @ExtendWith(RingsideExtension.class)
  class ManagedTest {

    @Managed final Lab lab = Lab.builder().seed(42).topology(new WebAndDatabase()).open();

    @Test
    void the_lab_is_the_tests_own(@Device("db") VirtualMachine db) {
      assertThat(lab).hasSeed(42);
      assertThat(db).isSameAs(lab.vm("db"));
    }
  }

  // end::managed[]

  @Nested
  // tag::registered[]
  class RegisteredTest {

    @RegisterExtension
    static final RingsideExtension RINGSIDE =
        RingsideExtension.builder()
            .topology(lab -> lab.host("h1").pnics(2).virtualFunctions(2).vms("web"))
            .seed(42)
            .build();

    @Test
    void described_in_code(Host host) {
      assertThat(host).hasVms("web");
    }
  }

  // end::registered[]

  @Test
  void without_an_extension() {
    // tag::plain[]
    try (LabSession session = LabSession.of(Lab.open())) {
      Lab lab = session.lab();
      lab.wire().send(udp().to(lab.vm("vm1")));

      session.check(); // throws if something was lost or left over
    }
    // end::plain[]
  }

  @Nested
  // tag::scopes[]
  @ExtendWith(RingsideExtension.class)
  @LabScope(Scope.CLASS) // all tests of the class share a lab
  class ScopesTest {

    @Test
    void one(Lab shared, @LabScope(Scope.TEST) Lab mine) {
      assertThat(mine).isNotSameAs(shared);
    }

    @Test
    void another(Lab shared) {
      assertThat(shared).hasHosts("h1");
    }
  }

  // end::scopes[]

  @Nested
  // tag::nested[]
  @WithWebHost
  class OuterTest {

    @Test
    void has_web(Host host) {
      assertThat(host).hasVms("web");
    }

    @Nested
    class Inner {

      @Test
      void has_web_too(Host host) {
        assertThat(host).hasVms("web");
      }
    }

    @Nested
    @HostSpec(pnics = 4, vms = "db")
    class Other {

      @Test
      void has_a_host_of_its_own(Host host) {
        assertThat(host).hasVms("db");
      }
    }
  }

  // end::nested[]

  @Nested
  @ExtendWith(RingsideExtension.class)
  class ChecksTest {

    // tag::drops[]
    @Test
    @ExpectDrops(DropReason.NO_PEER)
    void nobody_has_this_address(Lab lab) {
      lab.vm("vm1").send(udp().to(IpAddress.of("198.18.9.9")));

      lab.advance(Duration.ofSeconds(5)); // ARP gives up
    }

    // end::drops[]

    // tag::lenient[]
    @Test
    @Lenient(LabCheck.UNDRAINED_RINGS)
    void a_stopped_guest_is_left_as_it_is(Lab lab) {
      lab.vm("vm1").pause();
      lab.wire().send(udp().to(lab.vm("vm1")));
    }

    @Test
    void of_one_device_only(
        Lab lab, @Lenient(LabCheck.UNDRAINED_RINGS) @Device("p0") PhysicalNic p0) {
      lab.vm("vm1").pause();
      lab.wire().send(udp().to(lab.vm("vm1")));
    }

    @Test
    void a_fault_that_may_miss(Lab lab) {
      lab.cable("p0").toHost().lose(Selector.nth(100)).lenient();
    }

    // end::lenient[]

    // tag::seed[]
    @Test
    @LabSeed(0xcafeL)
    void has_its_own_chance(Lab lab) {
      lab.cable("p0").toHost().lose(Selector.ratio(1, 2));
      lab.wire().send(udp().to(lab.vm("vm1")), 10);

      assertThat(lab.vm("vm1")).received(4);
    }
    // end::seed[]
  }
}
