// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package downstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ringside.bytebuddy.FaultPoints;
import dev.ringside.bytebuddy.Faults;
import dev.ringside.bytebuddy.WithFaults;
import dev.ringside.bytebuddy.guard.RealWorldError;
import dev.ringside.bytebuddy.guard.RealWorldGuard;
import dev.ringside.junit.jupiter.RingsideExtension;
import dev.ringside.nic.PhysicalNic;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(RingsideExtension.class)
class FaultsModulePathTest {

  @Test
  void all_of_it_is_named_modules() {
    assertThat(FaultsModulePathTest.class.getModule().getName()).isEqualTo("downstream");
    assertThat(Faults.class.getModule().getName()).isEqualTo("dev.ringside.bytebuddy");
    assertThat(PhysicalNic.class.getModule().getName()).isEqualTo("dev.ringside");
  }

  @Test
  @WithFaults
  void devices_have_faults(PhysicalNic nic, Faults faults) {
    List<String> seen = new ArrayList<>();
    faults.before(PhysicalNic::repair).drop();
    faults.at(FaultPoints.BEFORE_UNMAP).run(call -> seen.add(call.device().name()));

    nic.fail();
    nic.repair();

    assertThat(nic.isFailed()).isTrue();
    assertThat(seen).containsExactly("vm1", "vm2");
    assertThat(nic.getClass().getModule()).isSameAs(PhysicalNic.class.getModule());
  }

  @Test
  void the_guard_watches_a_named_module() {
    try (RealWorldGuard guard = RealWorldGuard.over("downstream")) {
      assertThatThrownBy(Agent::time).isInstanceOf(RealWorldError.class);
      assertThat(guard.uses()).hasSize(1);
    }
  }
}
