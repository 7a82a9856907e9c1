// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.junit.jupiter;

import static dev.ringside.aggregate.Aggregation.ACTIVE_ACTIVE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ringside.Lab;
import dev.ringside.LabBuilder;
import dev.ringside.Topology;
import dev.ringside.aggregate.LinkAggregator;
import dev.ringside.aggregate.VirtualLinkAggregator;
import dev.ringside.chassis.Blade;
import dev.ringside.chassis.BladeChassis;
import dev.ringside.flow.FlowTable;
import dev.ringside.host.Host;
import dev.ringside.nic.HardwareClassifier;
import dev.ringside.nic.PhysicalNic;
import dev.ringside.nic.ReceiveRing;
import dev.ringside.nic.VirtualFunction;
import dev.ringside.vm.VirtualMachine;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.nio.file.Path;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.io.TempDir;

/** Which device a parameter or field gets. */
@ExtendWith(RingsideExtension.class)
class InjectionTest {

  @TempDir Path output;

  // ---- by type alone ----

  @Test
  void each_type_can_be_asked_for_by_itself(
      Lab lab,
      Host host,
      PhysicalNic nic,
      HardwareClassifier classifier,
      FlowTable table,
      ReceiveRing ring,
      VirtualFunction function,
      LinkAggregator aggregator,
      VirtualMachine vm,
      TestInfo info) {
    assertThat(lab.host()).isSameAs(host);
    assertThat(nic).isSameAs(host.pnic("p0"));
    assertThat(classifier).isSameAs(nic.classifier());
    assertThat(table).isSameAs(classifier.table());
    assertThat(ring).isSameAs(nic.receiveRing(0));
    assertThat(function).isSameAs(nic.virtualFunction(0));
    assertThat(aggregator).isSameAs(host.aggregator());
    assertThat(vm).isSameAs(host.vm("vm1"));
    assertThat(info.getDisplayName()).startsWith("each_type");
  }

  @Test
  void a_chassis_and_its_first_blade_can_be_asked_for(
      Lab lab, BladeChassis chassis, Blade blade, VirtualMachine vm) {
    assertThat(lab.chassis()).containsExactly(chassis);
    assertThat(chassis.blades()).extracting(Blade::name).containsExactly("b1", "b2");
    assertThat(blade).isSameAs(lab.blade("b1"));
    assertThat(vm).isSameAs(lab.vm("vm1"));
  }

  @Test
  void blades_are_described_as_hosts_are(
      Lab lab,
      @HostSpec(name = "left", chassis = "c9", vms = "web") Host left,
      @HostSpec(name = "right", chassis = "c9", vms = "db") @Device("right") Blade right) {
    assertThat(lab.chassis("c9").blades()).hasSize(2).contains(right);
    assertThat(lab.hosts()).containsExactly(left, right);
    assertThat(lab.vm("db").hostName()).isEqualTo("right");
  }

  // ---- by name ----

  @Test
  void names_tell_devices_of_a_type_apart(
      Host host,
      @Device("p0") PhysicalNic p0,
      @Device("p1") PhysicalNic p1,
      @Device("p1") HardwareClassifier classifier,
      @Device("p1/flows") FlowTable table,
      @Device("p1/vf3") VirtualFunction function,
      @Device("p1/rx2") ReceiveRing ring,
      @Device("p0/vf1/rx0") ReceiveRing ringOfFunction,
      @Device("aggr0") LinkAggregator aggregator,
      @Device("vm2") VirtualMachine vm) {
    assertThat(p0).isSameAs(host.pnic("p0"));
    assertThat(p1).isSameAs(host.pnic("p1"));
    assertThat(classifier).isSameAs(p1.classifier());
    assertThat(table).isSameAs(classifier.table());
    assertThat(function).isSameAs(p1.virtualFunction(3));
    assertThat(ring).isSameAs(p1.receiveRing(2));
    assertThat(ringOfFunction).isSameAs(p0.virtualFunction(1).receiveRing(0));
    assertThat(aggregator).isSameAs(host.aggregator());
    assertThat(vm).isSameAs(host.vm("vm2"));
  }

  @Test
  void the_aggregator_of_a_vm_has_its_name(
      @HostSpec(
              pnics = 2,
              virtualFunctions = 1,
              vms = {"web", "db"},
              aggregation = ACTIVE_ACTIVE)
          Host host,
      @Device("db") VirtualLinkAggregator aggregator) {
    assertThat(aggregator).isSameAs(host.vm("db").aggregator());
    assertThat(host.aggregator().activeNames()).containsExactly("p0", "p1");
  }

  @Nested
  @HostSpec(name = "h1", vms = "web", pnics = 2, virtualFunctions = 1)
  @HostSpec(name = "h2", vms = "db", pnics = 2, virtualFunctions = 1)
  class WithTwoHosts {
    @Device("h1")
    private Host one;

    @Device("h2/p1")
    private PhysicalNic nic;

    @Device private Lab lab;

    @Test
    void the_host_stands_in_front_where_there_are_several(
        @Device("h2") Host two,
        @Device("h2/aggr0") LinkAggregator aggregator,
        @Device("h2/p0/vf0") VirtualFunction function,
        @Device("web") VirtualMachine web,
        @Device("h2/db") VirtualMachine db) {
      assertThat(one).isSameAs(lab.host("h1"));
      assertThat(two).isSameAs(lab.host("h2"));
      assertThat(nic).isSameAs(two.pnic("p1"));
      assertThat(aggregator).isSameAs(two.aggregator());
      assertThat(function).isSameAs(two.pnic("p0").virtualFunction(0));
      assertThat(web).isSameAs(one.vm("web"));
      assertThat(db).isSameAs(two.vm("db"));
    }
  }

  // ---- what the lab is ----

  @Test
  void a_parameter_describes_its_host(
      @HostSpec(
              pnics = 3,
              virtualFunctions = 2,
              vms = {"web", "db"},
              receiveRings = 2,
              ringCapacity = 16,
              proxies = true,
              aggregation = dev.ringside.aggregate.Aggregation.NONE)
          Host host) {
    assertThat(host.pnics()).hasSize(3);
    assertThat(host.vms()).extracting(VirtualMachine::name).containsExactly("web", "db");
    assertThat(host.hasAggregator()).isFalse();
    assertThat(host.hasProxies()).isTrue();
    PhysicalNic p0 = host.pnic("p0");
    assertThat(p0.virtualFunctions()).hasSize(2);
    assertThat(p0.config().receiveRings()).isEqualTo(2);
    assertThat(p0.receiveRing(0).capacity()).isEqualTo(16);
  }

  @Test
  void parameters_describe_several_hosts_of_one_lab(
      Lab lab, @HostSpec(vms = "web") Host one, @HostSpec(name = "h2", vms = "db") Host two) {
    assertThat(lab.hosts()).containsExactly(one, two);
    assertThat(two.vm("db").name()).isEqualTo("db");
  }

  @Retention(RetentionPolicy.RUNTIME)
  @HostSpec(vms = "web")
  @LabSeed(0xcafe)
  @interface WebLab {}

  @Retention(RetentionPolicy.RUNTIME)
  @WebLab
  @interface IndirectWebLab {}

  @Test
  @IndirectWebLab
  void annotations_of_the_users_own_describe_labs(Lab lab) {
    assertThat(lab.vm("web").name()).isEqualTo("web");
    assertThat(lab.seed()).hasToString("0xcafe");
  }

  @Retention(RetentionPolicy.RUNTIME)
  @Device("p1")
  @interface Standby {}

  @Test
  void annotations_of_the_users_own_name_devices(@Standby PhysicalNic nic) {
    assertThat(nic.name()).isEqualTo("p1");
  }

  private static final class TwoHosts implements Topology {
    @Override
    public void build(LabBuilder lab) {
      lab.seed(7).host("left").vms("web");
      lab.host("right");
    }
  }

  @Nested
  @LabTopology(TwoHosts.class)
  class OfATopology {
    @Test
    void a_class_describes_a_lab(Lab lab) {
      assertThat(lab.hosts()).extracting(Host::name).containsExactly("left", "right");
      assertThat(lab.seed().value()).isEqualTo(7);
    }

    @Test
    @LabSeed(8)
    void a_seed_further_in_counts(Lab lab) {
      assertThat(lab.seed().value()).isEqualTo(8);
    }

    @Test
    @HostSpec(name = "alone")
    void a_method_describes_another_lab(Lab lab) {
      assertThat(lab.hosts()).extracting(Host::name).containsExactly("alone");
    }

    @Test
    void a_parameter_adds_a_host(Lab lab, @HostSpec(name = "third") Host third) {
      assertThat(lab.hosts()).hasSize(3).contains(third);
    }

    @Nested
    @LabSeed(9)
    class Inside {
      @HostSpec(name = "field")
      private Host field;

      @Test
      void what_is_said_outside_still_counts(Lab lab) {
        assertThat(lab.hosts()).extracting(Host::name).containsExactly("left", "right", "field");
        assertThat(field).isSameAs(lab.host("field"));
        assertThat(lab.seed().value()).isEqualTo(9);
      }

      @Test
      void a_host_further_in_takes_the_place_of_one_further_out(
          @HostSpec(name = "field", vms = "web2") Host host) {
        assertThat(host).isSameAs(field);
        assertThat(host.vms()).hasSize(1);
      }
    }
  }

  @Test
  void the_seed_can_be_set_for_the_whole_run() {
    Jupiter.into(output).with("ringside.seed", "0x77").run(Seeded.class);
    assertThat(Register.take("Seeded"))
        .extracting(lab -> lab.seed().toString())
        .containsExactly("0x77");

    Jupiter wrong = Jupiter.into(output).with("ringside.seed", "seven");
    assertThat(Jupiter.failure(wrong.run(Seeded.class)))
        .hasMessage("'seven' is not a seed; write a number as 24301 or 0x5eed");
  }

  @ExtendWith(RingsideExtension.class)
  static class Seeded {
    @Test
    void test(Lab lab) {
      Register.see(this, lab);
    }
  }

  // ---- what is not ours ----

  @Test
  void a_mock_is_left_to_those_who_mock() {
    assertThat(Jupiter.failures(Jupiter.into(output).run(Mocked.class))).isEmpty();
  }

  @Retention(RetentionPolicy.RUNTIME)
  @interface Mock {}

  static final class Mocking implements ParameterResolver {
    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
      return parameter.isAnnotated(Mock.class);
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
      return Lab.builder().topology(lab -> lab.host("mock")).open().host();
    }
  }

  @ExtendWith({RingsideExtension.class, Mocking.class})
  static class Mocked {
    @Test
    void test(@Mock Host mock, Host host) {
      assertThat(mock.name()).isEqualTo("mock");
      assertThat(host.name()).isEqualTo("h1");
    }
  }
}
