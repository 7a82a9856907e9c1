// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.junit.jupiter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.TestInstance.Lifecycle.PER_CLASS;

import dev.ringside.Lab;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.platform.testkit.engine.EngineExecutionResults;

/** Which labs nested classes and heirs have. */
class InheritedOwnershipTest extends OwnershipCases {

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
}
