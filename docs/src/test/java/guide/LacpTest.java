// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package guide;

import static dev.ringside.assertj.RingsideAssertions.assertThat;

import dev.ringside.Lab;
import dev.ringside.LabBuilder;
import dev.ringside.host.Host;
import dev.ringside.lacp.ChurnState;
import dev.ringside.lacp.LacpConfig;
import dev.ringside.lacp.LacpPort;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class LacpTest {

  private static Lab open() {
    LabBuilder builder = Lab.builder();
    builder.host("h1").pnics(2).virtualFunctions(4).vms("web").lacp(LacpConfig.fast());
    Lab lab = builder.open();
    lab.advance(Duration.ofSeconds(3));
    return lab;
  }

  @Test
  void both_ends_agree() {
    // tag::agree[]
    LabBuilder builder = Lab.builder();
    builder.host("h1").pnics(2).virtualFunctions(4).vms("web").lacp(LacpConfig.fast());
    try (Lab lab = builder.open()) {
      assertThat(lab.host().lacp().host()).distributesNothing();
      lab.advance(Duration.ofSeconds(3));

      assertThat(lab.host().lacp().host()).distributes("p0", "p1");
      assertThat(lab.host().lacp().network()).distributes("p0", "p1");
      assertThat(lab.vm("web").aggregator()).hasPorts("p0", "p1");
    }
    // end::agree[]
  }

  @Test
  void a_hang_is_noticed() {
    try (Lab lab = open()) {
      Host host = lab.host();
      // tag::hang[]
      host.pnic("p0").hang();
      lab.advance(Duration.ofSeconds(3));

      assertThat(host.lacp().network()).distributes("p1");
      assertThat(lab.vm("web").aggregator()).hasPorts("p1");
      // end::hang[]
    }
  }

  @Test
  void a_port_is_configured_wrongly() {
    try (Lab lab = open()) {
      Host host = lab.host();
      // tag::wrong[]
      LacpPort wrong = host.lacp().network().port("p1");
      wrong.setKey(9);
      lab.advance(Duration.ofSeconds(61));

      assertThat(host.lacp().host()).distributes("p0");
      assertThat(host.lacp().host().port("p1").partnerChurn()).isEqualTo(ChurnState.CHURN);
      // end::wrong[]
    }
  }

  @Test
  void what_each_port_knows() {
    try (Lab lab = open()) {
      Output.assertShown("lacp.txt", lab.host().lacp().host().describe());
    }
  }
}
