// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package guide.recipes;

import static dev.ringside.assertj.RingsideAssertions.assertThat;

import dev.ringside.Lab;
import dev.ringside.LabBuilder;
import dev.ringside.Topology;
import dev.ringside.host.Host;
import dev.ringside.junit.jupiter.LabTopology;
import dev.ringside.junit.jupiter.RingsideExtension;
import dev.ringside.migration.Migration;
import dev.ringside.migration.MigrationPhase;
import dev.ringside.migration.MigrationState;
import dev.ringside.vm.VirtualMachine;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

class PlacementRecipeTest {

  // tag::placer[]
  /** What the code under test knows of its hosts; in production, a client of hypervisors. */
  interface Cluster {

    List<String> hosts();

    List<String> guestsOn(String host);

    boolean isUp(String host);

    /** Moves a guest, and says when that is over whether it has arrived. */
    boolean move(String guest, String host);
  }

  /** The code under test: empties a host; guests of one service never share a host. */
  static final class Maintenance {
    private final Cluster cluster;

    Maintenance(Cluster cluster) {
      this.cluster = cluster;
    }

    /** Whether the host is empty now, so that it can be switched off. */
    boolean empty(String host) {
      boolean empty = true;
      for (String guest : cluster.guestsOn(host)) {
        empty &=
            cluster.hosts().stream()
                .filter(other -> !other.equals(host) && mayTake(other, guest))
                .anyMatch(other -> cluster.move(guest, other));
      }
      return empty;
    }

    private boolean mayTake(String host, String guest) {
      return cluster.isUp(host)
          && cluster.guestsOn(host).stream().noneMatch(g -> serviceOf(g).equals(serviceOf(guest)));
    }

    static String serviceOf(String guest) {
      return guest.substring(0, guest.indexOf('-'));
    }
  }

  // end::placer[]

  // tag::adapter[]
  /** The hosts, played by a lab. A move takes 20 ms of virtual time. */
  static final class LabCluster implements Cluster {
    private static final Duration COPY = Duration.ofMillis(20);
    private final Lab lab;

    LabCluster(Lab lab) {
      this.lab = lab;
    }

    @Override
    public List<String> hosts() {
      return lab.hosts().stream().map(Host::name).toList();
    }

    @Override
    public List<String> guestsOn(String host) {
      return lab.host(host).vms().stream().map(VirtualMachine::name).toList();
    }

    @Override
    public boolean isUp(String host) {
      return !lab.host(host).isFailed();
    }

    @Override
    public boolean move(String guest, String host) {
      Migration migration = lab.migrate(lab.vm(guest)).copyTime(COPY).to(lab.host(host));
      lab.advance(COPY);
      return migration.state() == MigrationState.COMPLETED;
    }
  }

  // end::adapter[]

  // tag::tests[]
  static final class FourHosts implements Topology {
    @Override
    public void build(LabBuilder lab) {
      lab.host("h1").virtualFunctions(4).vms("web-1", "db-1");
      lab.host("h2").virtualFunctions(4).vms("web-2");
      lab.host("h3").virtualFunctions(4);
      lab.host("h4").virtualFunctions(4).vms("client-1");
    }
  }

  @Nested
  @ExtendWith(RingsideExtension.class)
  @LabTopology(FourHosts.class)
  class MaintenanceTest {

    @Test
    void a_host_is_emptied_and_services_stay_apart(Lab lab) {
      assertThat(new Maintenance(new LabCluster(lab)).empty("h1")).isTrue();

      assertThat(lab.vm("web-1")).isOn("h3"); // not on h2, where web-2 is
      assertThat(lab.vm("db-1")).isOn("h2").reaches(lab.vm("web-1"));
      lab.host("h1").fail();
      assertThat(lab.vm("client-1")).reaches(lab.vm("web-1")).reaches(lab.vm("db-1"));
    }

    @ParameterizedTest
    @EnumSource(value = MigrationPhase.class, mode = Mode.EXCLUDE, names = "ROUTER")
    void whenever_a_target_fails_nobody_is_lost(MigrationPhase when, Lab lab) {
      lab.migrations()
          .onPhase(
              (migration, phase) -> {
                if (phase == when && migration.target().name().equals("h3")) {
                  migration.target().fail();
                }
              });

      boolean empty = new Maintenance(new LabCluster(lab)).empty("h1");

      assertThat(empty).isEqualTo(lab.host("h1").vms().isEmpty());
      lab.host("h3").repair();
      for (VirtualMachine guest : List.of(lab.vm("web-1"), lab.vm("web-2"), lab.vm("db-1"))) {
        assertThat(lab.vm("client-1")).reaches(guest);
      }
      for (Host host : lab.hosts()) {
        assertThat(host.vms().stream().map(vm -> Maintenance.serviceOf(vm.name())).toList())
            .as("services on " + host.name())
            .doesNotHaveDuplicates();
      }
    }
  }
  // end::tests[]
}
