// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.junit.jupiter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.TestInstance.Lifecycle.PER_CLASS;

import dev.ringside.Lab;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.testkit.engine.EngineExecutionResults;

/**
 * Who owns a lab, and for how long. Each case is run one test after the other and all at the same
 * time; after each run every lab is closed. That none is closed twice the extension itself sees to:
 * it fails the class then.
 */
class OwnershipTest {

  @TempDir Path output;

  /** Runs it both ways; the labs of each run. */
  private void runs(int tests, int labs, String register, Class<?>... classes) {
    check(Jupiter.into(output).run(classes), tests, labs, Register.take(register));
    check(Jupiter.into(output).concurrently().run(classes), tests, labs, Register.take(register));
    assertThat(output).isEmptyDirectory();
  }

  private static void check(EngineExecutionResults results, int tests, int labs, List<Lab> seen) {
    assertThat(Jupiter.failures(results)).isEmpty();
    assertThat(results.testEvents().succeeded().count()).isEqualTo(tests);
    Set<Lab> distinct = Collections.newSetFromMap(new IdentityHashMap<>());
    distinct.addAll(seen);
    assertThat(distinct).hasSize(labs).allMatch(lab -> lab.world().isClosed());
  }

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

  // ---- nested classes ----

  @Test
  void nested_classes_have_the_labs_of_those_around_them() {
    runs(4, 4, "Outer", Outer.class);
  }

  @ExtendWith(RingsideExtension.class)
  static class Outer {
    @Managed Lab lab;

    @Test
    void outer(Lab same) {
      see(same);
    }

    void see(Lab same) {
      assertThat(same).isSameAs(lab);
      Register.see("Outer", same);
    }

    @Nested
    class Middle {
      private final Lab mine;

      Middle(Lab mine) {
        this.mine = mine;
      }

      @Test
      void middle(Lab same) {
        assertThat(same).isSameAs(mine);
        see(same);
      }

      @Nested
      class Inner {
        @Test
        void inner(Lab same) {
          assertThat(same).isSameAs(mine);
          see(same);
        }

        @Nested
        class Innermost {
          @Managed Lab field;

          @Test
          void innermost(Lab same) {
            assertThat(same).isSameAs(mine).isSameAs(field);
            see(same);
          }
        }
      }
    }
  }

  @Test
  void nested_classes_share_what_those_around_them_share() {
    runs(4, 1, "SharingOuter", SharingOuter.class);
  }

  @ExtendWith(RingsideExtension.class)
  @TestInstance(PER_CLASS)
  static class SharingOuter {
    @Managed final Lab lab = Lab.open();

    @Test
    void outer(Lab same) {
      see(same);
    }

    void see(Lab same) {
      assertThat(same).isSameAs(lab);
      Register.see("SharingOuter", same);
    }

    @Nested
    class Middle {
      @Test
      void middle(Lab same) {
        see(same);
      }

      @Nested
      @TestInstance(PER_CLASS)
      class Inner {
        private final Lab mine;

        Inner(Lab mine) {
          this.mine = mine;
        }

        @Test
        void inner(Lab same) {
          assertThat(same).isSameAs(mine);
          see(same);
        }

        @Nested
        class Innermost {
          @Test
          void innermost(Lab same) {
            see(same);
          }
        }
      }
    }
  }

  @Test
  void nested_classes_may_have_labs_of_their_own() {
    runs(4, 3, "OverridingOuter", OverridingOuter.class);
  }

  @ExtendWith(RingsideExtension.class)
  @HostSpec(name = "outer")
  @LabScope(Scope.CLASS)
  static class OverridingOuter {
    static void see(Lab lab, String host) {
      assertThat(lab.host().name()).isEqualTo(host);
      Register.see("OverridingOuter", lab);
    }

    @Test
    void outer(Lab lab) {
      see(lab, "outer");
    }

    @Nested
    @HostSpec(name = "middle")
    class Middle {
      @Test
      void middle(@LabScope(Scope.CLASS) Lab lab) {
        see(lab, "middle");
      }

      @Nested
      class Inner {
        @Test
        void inner(@LabScope(Scope.CLASS) Lab lab) {
          see(lab, "middle");
        }

        @Nested
        class Innermost {
          @RegisterExtension
          static final RingsideExtension ringside =
              RingsideExtension.builder().topology(lab -> lab.host("unused")).build();

          @Test
          @HostSpec(name = "own")
          void innermost(Lab lab) {
            see(lab, "own");
          }
        }
      }
    }
  }

  // ---- superclasses ----

  @Test
  void classes_inherit_fields_and_parameters() {
    runs(6, 6, "Base", FirstHeir.class, SecondHeir.class);
  }

  @ExtendWith(RingsideExtension.class)
  abstract static class Base {
    @Managed Lab field;
    private Lab parameter;

    @BeforeEach
    void see(Lab lab) {
      assertThat(lab).isSameAs(field);
      parameter = lab;
      Register.see("Base", lab);
    }

    @Test
    void inherited(Lab lab) {
      assertThat(lab).isSameAs(parameter);
    }
  }

  static class FirstHeir extends Base {
    @Test
    void own(Lab lab) {
      assertThat(lab).isSameAs(field);
    }
  }

  static class SecondHeir extends Base {
    @Managed Lab another;

    @Test
    void own(Lab lab) {
      assertThat(lab).isSameAs(field).isSameAs(another);
    }

    @Nested
    class Deeper {
      @Test
      void own(Lab lab) {
        assertThat(lab).isSameAs(field).isSameAs(another);
      }
    }

    @Nested
    class Heir extends FirstHeirOfAnother {}
  }

  abstract static class FirstHeirOfAnother {
    @Test
    void another(Lab lab) {
      assertThat(lab.host().name()).isEqualTo("h1");
    }
  }

  @Test
  void a_static_field_of_a_superclass_holds_one_lab_while_any_heir_runs() {
    check(
        Jupiter.into(output).run(StaticHeir.class, OtherStaticHeir.class),
        4,
        2,
        Register.take("StaticBase"));
    EngineExecutionResults atOnce =
        Jupiter.into(output).concurrently().run(StaticHeir.class, OtherStaticHeir.class);
    assertThat(Jupiter.failures(atOnce)).isEmpty();
    List<Lab> labs = new ArrayList<>(Register.take("StaticBase"));
    assertThat(labs).hasSize(4).allMatch(lab -> lab.world().isClosed());
    assertThat(StaticBase.lab).isNull();
  }

  @ExtendWith(RingsideExtension.class)
  abstract static class StaticBase {
    @Managed static Lab lab;

    @Test
    void one(Lab same) {
      assertThat(same).isSameAs(lab);
      Register.see("StaticBase", same);
    }

    @Test
    void other() {
      Register.see("StaticBase", lab);
    }
  }

  static class StaticHeir extends StaticBase {}

  static class OtherStaticHeir extends StaticBase {}

  @Test
  void a_lab_built_in_a_static_field_of_a_superclass_lives_as_long_as_the_run() {
    check(
        Jupiter.into(output).concurrently().run(BuiltHeir.class, OtherBuiltHeir.class),
        2,
        1,
        Register.take("BuiltBase"));
  }

  @ExtendWith(RingsideExtension.class)
  abstract static class BuiltBase {
    @Managed static final Lab lab = Lab.open();

    @Test
    void one(Lab same) {
      assertThat(same).isSameAs(lab);
      Register.see("BuiltBase", same);
    }
  }

  static class BuiltHeir extends BuiltBase {}

  static class OtherBuiltHeir extends BuiltBase {}

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
