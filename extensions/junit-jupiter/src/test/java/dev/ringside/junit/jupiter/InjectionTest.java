// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.junit.jupiter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringside.Lab;
import dev.ringside.LabBuilder;
import dev.ringside.Topology;
import dev.ringside.aggregate.LinkAggregator;
import dev.ringside.host.Host;
import dev.ringside.nic.HardwareClassifier;
import dev.ringside.nic.PhysicalNic;
import dev.ringside.nic.ReceiveRing;
import dev.ringside.nic.VirtualFunction;
import dev.ringside.ring.Ring;
import dev.ringside.vm.VirtualMachine;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Which device a parameter or field gets, and what is said when it can get none. */
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
      ReceiveRing ring,
      VirtualFunction function,
      LinkAggregator aggregator,
      VirtualMachine vm,
      TestInfo info) {
    assertThat(lab.host()).isSameAs(host);
    assertThat(nic).isSameAs(host.pnic("p0"));
    assertThat(classifier).isSameAs(nic.classifier());
    assertThat(ring).isSameAs(nic.receiveRing(0));
    assertThat(function).isSameAs(nic.virtualFunction(0));
    assertThat(aggregator).isSameAs(host.aggregator());
    assertThat(vm).isSameAs(host.vm("vm1"));
    assertThat(info.getDisplayName()).startsWith("each_type");
  }

  // ---- by name ----

  @Test
  void names_tell_devices_of_a_type_apart(
      Host host,
      @Device("p0") PhysicalNic p0,
      @Device("p1") PhysicalNic p1,
      @Device("p1") HardwareClassifier classifier,
      @Device("p1/vf3") VirtualFunction function,
      @Device("p1/rx2") ReceiveRing ring,
      @Device("p0/vf1/rx0") ReceiveRing ringOfFunction,
      @Device("aggr0") LinkAggregator aggregator,
      @Device("vm2") VirtualMachine vm) {
    assertThat(p0).isSameAs(host.pnic("p0"));
    assertThat(p1).isSameAs(host.pnic("p1"));
    assertThat(classifier).isSameAs(p1.classifier());
    assertThat(function).isSameAs(p1.virtualFunction(3));
    assertThat(ring).isSameAs(p1.receiveRing(2));
    assertThat(ringOfFunction).isSameAs(p0.virtualFunction(1).receiveRing(0));
    assertThat(aggregator).isSameAs(host.aggregator());
    assertThat(vm).isSameAs(host.vm("vm2"));
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
              aggregation = dev.ringside.aggregate.Aggregation.NONE)
          Host host) {
    assertThat(host.pnics()).hasSize(3);
    assertThat(host.vms()).extracting(VirtualMachine::name).containsExactly("web", "db");
    assertThat(host.hasAggregator()).isFalse();
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

    assertThat(message(Jupiter.into(output).with("ringside.seed", "seven"), Seeded.class))
        .isEqualTo("'seven' is not a seed; write a number as 24301 or 0x5eed");
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

  // ---- what cannot be ----

  private String message(Jupiter jupiter, Class<?> cases) {
    return Jupiter.failure(jupiter.run(cases)).getMessage();
  }

  private String message(Class<?> cases) {
    return message(Jupiter.into(output), cases);
  }

  @Test
  void an_unknown_name_is_answered_with_those_there_are() {
    assertThat(message(UnknownName.class))
        .isEqualTo(
            "parameter 'nic' of UnknownName.test: no PhysicalNic named 'p7' in the lab;"
                + " it has [p0, p1]");
  }

  @ExtendWith(RingsideExtension.class)
  static class UnknownName {
    @Test
    void test(@Device("p7") PhysicalNic nic) {}
  }

  @Test
  void two_of_a_type_need_names() {
    assertThat(message(TwoUnnamed.class))
        .isEqualTo(
            "parameter 'active' of TwoUnnamed.test: the lab has several of type PhysicalNic,"
                + " [p0, p1]; say which: @Device(\"p0\")");
    assertThat(message(TwoUnnamedFields.class))
        .isEqualTo(
            "field 'active' of TwoUnnamedFields: the lab has several of type PhysicalNic,"
                + " [p0, p1]; say which: @Device(\"p0\")");
  }

  @ExtendWith(RingsideExtension.class)
  static class TwoUnnamed {
    @Test
    void test(PhysicalNic active, PhysicalNic standby) {}
  }

  @ExtendWith(RingsideExtension.class)
  static class TwoUnnamedFields {
    @Device PhysicalNic active;
    @Device PhysicalNic standby;

    @Test
    void test() {}
  }

  @Test
  void one_of_several_needs_a_name_where_the_lab_was_described() {
    assertThat(message(OneOfSeveral.class))
        .isEqualTo(
            "parameter 'vm' of OneOfSeveral.<init>: the lab has several of type VirtualMachine,"
                + " [web, db]; say which: @Device(\"web\")");
  }

  @ExtendWith(RingsideExtension.class)
  @HostSpec(vms = {"web", "db"})
  static class OneOfSeveral {
    OneOfSeveral(VirtualMachine vm) {}

    @Test
    void test() {}
  }

  @Test
  void a_name_that_several_have_needs_its_host() {
    assertThat(message(SameName.class))
        .isEqualTo(
            "parameter 'nic' of SameName.test: several of type PhysicalNic are named 'p0':"
                + " [h1/p0, h2/p0]; say which, host and name");
  }

  @ExtendWith(RingsideExtension.class)
  @HostSpec(name = "h1")
  @HostSpec(name = "h2")
  static class SameName {
    @Test
    void test(@Device("p0") PhysicalNic nic) {}
  }

  @Test
  void a_device_that_the_lab_lacks_must_be_described() {
    assertThat(message(Lacking.class))
        .isEqualTo(
            "parameter 'function' of Lacking.test: the lab has no VirtualFunction;"
                + " describe a host that has one with @HostSpec or @LabTopology");
  }

  @ExtendWith(RingsideExtension.class)
  static class Lacking {
    @Test
    @HostSpec
    void test(VirtualFunction function) {}
  }

  @Test
  void a_type_that_no_lab_has_is_refused() {
    assertThat(message(WrongType.class))
        .isEqualTo(
            "parameter 'ring' of WrongType.test: no lab has a Ring; ask for one of [Lab, Host,"
                + " PhysicalNic, HardwareClassifier, ReceiveRing, VirtualFunction, LinkAggregator,"
                + " VirtualMachine]");
  }

  @ExtendWith(RingsideExtension.class)
  static class WrongType {
    @Test
    void test(@Device("p0/rx0") Ring ring) {}
  }

  @Test
  void two_hosts_of_one_name_are_refused() {
    assertThat(message(SameHost.class))
        .isEqualTo(
            "SameHost.test describes two different hosts named 'h1'; give each its own name,"
                + " such as @HostSpec(name = \"h2\")");
  }

  @ExtendWith(RingsideExtension.class)
  static class SameHost {
    @Test
    void test(@HostSpec(vms = "web") Host one, @HostSpec(vms = "db") Host two) {}
  }

  @Test
  void a_topology_needs_a_constructor_without_parameters() {
    assertThat(message(NoConstructor.class))
        .isEqualTo(
            "@LabTopology(Parametric.class) cannot be made: give it a constructor without"
                + " parameters, and make it static if it is a member");
    assertThat(message(FailingConstructor.class))
        .isEqualTo(
            "@LabTopology(Failing.class) cannot be made: java.lang.IllegalStateException: broken");
  }

  private record Parametric(int hosts) implements Topology {
    @Override
    public void build(LabBuilder lab) {}
  }

  private static final class Failing implements Topology {
    Failing() {
      throw new IllegalStateException("broken");
    }

    @Override
    public void build(LabBuilder lab) {}
  }

  @ExtendWith(RingsideExtension.class)
  @LabTopology(Parametric.class)
  static class NoConstructor {
    @Test
    void test(Lab lab) {}
  }

  @ExtendWith(RingsideExtension.class)
  @LabTopology(Failing.class)
  static class FailingConstructor {
    @Test
    void test(Lab lab) {}
  }

  @Test
  void fields_that_cannot_be_filled_are_refused() {
    assertThat(message(FinalField.class))
        .isEqualTo("field 'host' of FinalField is final and gets its value later; take final away");
    assertThat(message(ManagedHost.class))
        .isEqualTo("field 'host' of ManagedHost: @Managed is for a Lab; use @Device for a Host");
    assertThat(message(ClosedLab.class))
        .isEqualTo(
            "field 'lab' of ClosedLab holds a lab that is closed already;"
                + " build it where each test gets a new one");
  }

  @ExtendWith(RingsideExtension.class)
  static class FinalField {
    @Device final Host host = null;

    @Test
    void test() {}
  }

  @ExtendWith(RingsideExtension.class)
  static class ManagedHost {
    @Managed Host host;

    @Test
    void test() {}
  }

  @ExtendWith(RingsideExtension.class)
  static class ClosedLab {
    @Managed final Lab lab = Lab.open();

    ClosedLab() {
      lab.close();
    }

    @Test
    void test() {}
  }

  @Test
  void several_labs_need_names() {
    assertThat(message(TwoLabs.class))
        .isEqualTo(
            "parameter 'host' of TwoLabs.test: there are several labs, in the fields [left, right];"
                + " ask for the one you mean, with @Device(\"left\") Lab, and take the device from"
                + " it");
    assertThat(message(NoSuchLab.class))
        .isEqualTo(
            "parameter 'lab' of NoSuchLab.test: no lab in a field named 'middle'; there are [left]:"
                + " mark a field that holds a lab with @Managed");
  }

  @ExtendWith(RingsideExtension.class)
  static class TwoLabs {
    @Managed final Lab left = Lab.open();
    @Managed final Lab right = Lab.open();

    @Test
    void test(Host host) {}
  }

  @ExtendWith(RingsideExtension.class)
  static class NoSuchLab {
    @Managed final Lab left = Lab.open();

    @Test
    void test(@Device("middle") Lab lab) {}
  }

  @Test
  void a_field_of_a_shared_instance_is_refused_where_tests_run_at_the_same_time() {
    List<Throwable> failures =
        Jupiter.failures(Jupiter.into(output).concurrently().run(SharedConcurrently.class));

    assertThat(failures)
        .hasSize(2)
        .allSatisfy(
            failure ->
                assertThat(failure)
                    .hasMessage(
                        "field 'lab' of SharedConcurrently is shared by tests that run at the same"
                            + " time; ask for a parameter instead, or share the lab, too:"
                            + " @LabScope(Scope.CLASS)"));
  }

  @ExtendWith(RingsideExtension.class)
  @TestInstance(TestInstance.Lifecycle.PER_CLASS)
  @Execution(ExecutionMode.CONCURRENT)
  static class SharedConcurrently {
    @Managed Lab lab;

    @Test
    void one() {}

    @Test
    void other() {}
  }
}
