// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.junit.jupiter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringside.Lab;
import dev.ringside.LabBuilder;
import dev.ringside.Topology;
import dev.ringside.host.Host;
import dev.ringside.nic.PhysicalNic;
import dev.ringside.nic.VirtualFunction;
import dev.ringside.ring.Ring;
import dev.ringside.vm.VirtualMachine;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** What is said when a parameter or field can get no device. */
class RefusedInjectionTest {

  @TempDir Path output;

  private String message(Class<?> cases) {
    return Jupiter.failure(Jupiter.into(output).run(cases)).getMessage();
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
                + " PhysicalNic, HardwareClassifier, FlowTable, ReceiveRing, VirtualFunction,"
                + " LinkAggregator, VirtualLinkAggregator, VirtualMachine, BladeChassis, Blade]");
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
