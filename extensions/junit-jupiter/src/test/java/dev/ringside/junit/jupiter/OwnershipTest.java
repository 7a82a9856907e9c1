// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.junit.jupiter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.TestInstance.Lifecycle.PER_CLASS;

import dev.ringside.Lab;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

/** How long labs live that parameters, fields, classes and runs have. */
class OwnershipTest extends OwnershipCases {

  // ---- where a lab can be ----

  @Test
  void a_parameter_lives_as_long_as_the_test() {
    runs(5, 5, "MethodParameter", MethodParameter.class);
  }

  @ExtendWith(RingsideExtension.class)
  static class MethodParameter {
    private Lab first;

    @BeforeEach
    void see(Lab lab) {
      first = lab;
      Register.see(this, lab);
    }

    @Test
    void one(Lab lab, Lab again) {
      assertThat(lab).isSameAs(again).isSameAs(first);
    }

    @Test
    void other(Lab lab) {
      assertThat(lab).isSameAs(first);
    }

    @RepeatedTest(3)
    void more(Lab lab) {
      assertThat(lab).isSameAs(first);
    }
  }

  @Test
  void a_constructor_parameter_lives_as_long_as_the_test() {
    runs(2, 2, "ConstructorParameter", ConstructorParameter.class);
  }

  @ExtendWith(RingsideExtension.class)
  static class ConstructorParameter {
    private final Lab lab;

    ConstructorParameter(Lab lab) {
      this.lab = lab;
      Register.see(this, lab);
    }

    @Test
    void one(Lab same) {
      assertThat(same).isSameAs(lab);
    }

    @Test
    void other() {
      assertThat(lab.world().isClosed()).isFalse();
    }
  }

  @Test
  void a_constructor_parameter_of_a_shared_instance_lives_as_long_as_the_class() {
    runs(2, 3, "SharedConstructorParameter", SharedConstructorParameter.class);
  }

  @ExtendWith(RingsideExtension.class)
  @TestInstance(PER_CLASS)
  static class SharedConstructorParameter {
    private final Lab lab;

    SharedConstructorParameter(Lab lab) {
      this.lab = lab;
      Register.see(this, lab);
    }

    @Test
    void one(Lab own) {
      assertThat(own).isNotSameAs(lab);
      Register.see(this, own);
    }

    @Test
    void other(Lab own, @LabScope(Scope.CLASS) Lab shared) {
      assertThat(shared).isSameAs(lab);
      Register.see(this, own);
    }
  }

  @Test
  void an_instance_field_lives_as_long_as_the_test() {
    runs(2, 2, "InstanceField", InstanceField.class);
  }

  @ExtendWith(RingsideExtension.class)
  static class InstanceField {
    @Managed private Lab lab;

    @Test
    void one(Lab same) {
      assertThat(same).isSameAs(lab);
      Register.see(this, lab);
    }

    @Test
    void other() {
      Register.see(this, lab);
    }
  }

  @Test
  void an_instance_field_of_a_shared_instance_is_filled_anew_for_each_test() {
    runs(2, 2, "FieldOfSharedInstance", FieldOfSharedInstance.class);
  }

  @TestInstance(PER_CLASS)
  static class FieldOfSharedInstance extends InstanceField {
    @BeforeEach
    void see(Lab lab) {
      Register.see(this, lab);
    }
  }

  @Test
  void a_static_field_lives_as_long_as_the_class() {
    runs(2, 1, "StaticField", StaticField.class);
    assertThat(StaticField.lab).isNull();
  }

  @ExtendWith(RingsideExtension.class)
  static class StaticField {
    @Managed static Lab lab;

    @BeforeAll
    static void beforeAll(Lab same) {
      assertThat(same).isSameAs(lab);
    }

    @Test
    void one(Lab same) {
      assertThat(same).isSameAs(lab);
      Register.see(this, lab);
    }

    @Test
    void other() {
      Register.see(this, lab);
    }
  }

  @Test
  void a_class_can_share_its_lab() {
    runs(2, 2, "SharedByClass", SharedByClass.class);
  }

  @ExtendWith(RingsideExtension.class)
  @LabScope(Scope.CLASS)
  static class SharedByClass {
    @Managed Lab lab;

    @Test
    void one(Lab same) {
      assertThat(same).isSameAs(lab);
      Register.see(this, lab);
    }

    @Test
    void other(@LabScope(Scope.TEST) Lab own) {
      assertThat(own).isNotSameAs(lab);
      Register.see(this, own);
    }
  }

  // ---- labs that the test has built ----

  @Test
  void a_lab_that_the_test_has_built_lives_as_long_as_its_instance() {
    runs(2, 2, "Built", Built.class);
    runs(2, 1, "BuiltForAll", BuiltForAll.class);
  }

  @ExtendWith(RingsideExtension.class)
  static class Built {
    @Managed final Lab lab = Lab.open();

    @Test
    void one(Lab same) {
      assertThat(same).isSameAs(lab);
      Register.see(this, lab);
    }

    @Test
    void other() {
      Register.see(this, lab);
    }
  }

  @TestInstance(PER_CLASS)
  static class BuiltForAll extends Built {}

  @Test
  void several_labs_that_the_test_has_built_are_told_apart_by_their_fields() {
    runs(1, 2, "TwoBuilt", TwoBuilt.class);
  }

  @ExtendWith(RingsideExtension.class)
  static class TwoBuilt {
    @Managed private final Lab left = Lab.open();
    @Managed private final Lab right = Lab.open();

    @Test
    void both(@Device("right") Lab second, @Device("left") Lab first) {
      assertThat(first).isSameAs(left);
      assertThat(second).isSameAs(right);
      Register.see(this, left);
      Register.see(this, right);
    }
  }

  @Test
  void a_lab_that_the_test_has_built_in_a_static_field_lives_as_long_as_the_class() {
    check(Jupiter.into(output).run(BuiltStatic.class), 2, 1, Register.take("BuiltStatic"));
  }

  @ExtendWith(RingsideExtension.class)
  static class BuiltStatic {
    @Managed static final Lab lab = Lab.open();

    @Test
    void one(Lab same) {
      assertThat(same).isSameAs(lab);
      Register.see(this, lab);
    }

    @Test
    void other() {
      Register.see(this, lab);
    }
  }

  // ---- the builder ----

  @Test
  void the_builder_can_share_a_lab_too() {
    runs(2, 1, "BuilderShared", BuilderShared.class);
  }

  static class BuilderShared {
    @RegisterExtension
    static final RingsideExtension ringside =
        RingsideExtension.builder().scope(Scope.CLASS).build();

    @Test
    void one(Lab lab) {
      Register.see(this, lab);
    }

    @Test
    void other(Lab lab) {
      Register.see(this, lab);
    }
  }

  @Test
  void an_extension_can_belong_to_an_instance_or_a_method() {
    runs(2, 2, "OfInstance", OfInstance.class);
    runs(1, 1, "OfMethod", OfMethod.class);
    runs(2, 2, "BothOfInstance", BothOfInstance.class);
  }

  static class OfInstance {
    @RegisterExtension
    final RingsideExtension ringside =
        RingsideExtension.builder().topology(lab -> lab.host("mine")).build();

    @Managed Lab field;

    @Test
    void one(Lab lab) {
      assertThat(lab).isSameAs(field);
      assertThat(lab.host().name()).isEqualTo("mine");
      Register.see(this, lab);
    }

    @Test
    void other(Lab lab) {
      Register.see(this, lab);
    }
  }

  static class OfMethod {
    @Test
    @ExtendWith(RingsideExtension.class)
    void one(Lab lab) {
      Register.see(this, lab);
    }
  }

  @ExtendWith(RingsideExtension.class)
  static class BothOfInstance extends OfInstance {}

  // ---- the run ----

  @Test
  void classes_share_the_labs_of_the_run_that_are_described_alike() {
    runs(3, 2, "OfTheRun", OfTheRun.class, AlsoOfTheRun.class, AnotherOfTheRun.class);
  }

  @ExtendWith(RingsideExtension.class)
  @LabScope(Scope.RUN)
  @HostSpec(vms = "web")
  static class OfTheRun {
    @Test
    void one(Lab lab) {
      Register.see("OfTheRun", lab);
    }
  }

  @ExtendWith(RingsideExtension.class)
  @LabScope(Scope.RUN)
  @HostSpec(vms = "web")
  static class AlsoOfTheRun {
    @Device static dev.ringside.host.Host host;

    @Test
    void one(Lab lab) {
      assertThat(lab.host()).isSameAs(host);
      Register.see("OfTheRun", lab);
    }
  }

  @ExtendWith(RingsideExtension.class)
  @LabScope(Scope.RUN)
  @HostSpec(vms = "db")
  static class AnotherOfTheRun {
    @Test
    void one(Lab lab) {
      Register.see("OfTheRun", lab);
    }
  }
}
