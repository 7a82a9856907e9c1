// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.bytebuddy;

import static dev.ringside.flow.Destination.ring;
import static dev.ringside.memory.MemorySize.bytes;
import static dev.ringside.monitor.UserMemory.slots;
import static dev.ringside.monitor.UserMemory.userMemory;
import static dev.ringside.packet.Packets.udp;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ringside.Lab;
import dev.ringside.LabBuilder;
import dev.ringside.flow.FlowEntry;
import dev.ringside.flow.FlowTable;
import dev.ringside.nic.NicConfig;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class FaultPointsTest {

  /** Each point, with a lab and something that a test may do there that comes by the point. */
  static List<Arguments> points() {
    Consumer<Lab> failover = lab -> lab.host("h1").pnic("p0").fail();
    Consumer<Lab> migration = lab -> lab.migrate(lab.vm("web")).to(lab.host("h2"));
    Consumer<Lab> packets = lab -> lab.wire().send(udp().to(lab.vm("web")).payloadSize(100), 3);
    return List.of(
        point(FaultPoints.BEFORE_UNMAP, failover),
        point(FaultPoints.AFTER_UNMAP, failover),
        point(FaultPoints.AFTER_MAP, failover),
        point(FaultPoints.AFTER_DEACTIVATE, failover),
        point(FaultPoints.AFTER_ACTIVATE, failover),
        point(FaultPoints.BEFORE_SUSPEND, migration),
        point(FaultPoints.AFTER_MOVE, migration),
        point(FaultPoints.AFTER_RESUME, migration),
        point(FaultPoints.ADDRESS_ALLOCATION, migration),
        point(FaultPoints.ROUTER_CREATION, migration),
        point(FaultPoints.BEFORE_SWITCHING_TABLE_UPDATE, FaultPointsTest::migrateBlade),
        point(FaultPoints.BEFORE_CLASSIFY, packets),
        point(FaultPoints.AFTER_CLASSIFY, packets),
        point(FaultPoints.BEFORE_GRANT, FaultPointsTest::reserve),
        point(FaultPoints.AFTER_GRANT, FaultPointsTest::reserve),
        point(FaultPoints.CHANNEL_FULL, FaultPointsTest::fillChannel),
        point(FaultPoints.RING_FULL, FaultPointsTest::fillRing),
        point(FaultPoints.DMA_COMPLETE, FaultPointsTest::capture),
        point(FaultPoints.RULE_SWAP, FaultPointsTest::swap));
  }

  private static Arguments point(FaultPoint<?> point, Consumer<Lab> deed) {
    return Arguments.of(Named.of(point.toString(), point), deed);
  }

  private static void topology(LabBuilder lab) {
    NicConfig nic = NicConfig.DEFAULT.withVirtualFunctions(4).withRingCapacity(4);
    lab.subnet("A", "192.0.2.0/24");
    lab.subnet("B", "198.51.100.0/24");
    lab.host("h1").subnet("A").pnics(2).nic(nic).vms("web", "app").proxies();
    lab.host("h2").subnet("B").pnics(2).nic(nic).vms("db");
    lab.chassis("c1").blade("b1").subnet("A").vms("x");
    lab.chassis("c2").blade("b2").subnet("A").vms("y");
  }

  private static void migrateBlade(Lab lab) {
    Object unused = lab.migrate(lab.vm("x")).to(lab.blade("b2"));
  }

  private static void reserve(Lab lab) {
    Object unused =
        lab.host("h1").memory().reserveForApplication("app", bytes(10)).request(bytes(10));
  }

  private static void fillChannel(Lab lab) {
    lab.host("h1").proxies().channel("web", "app").setCapacity(1);
    Object answered = lab.vm("web").ping(lab.vm("app"));
    lab.vm("app").pause();
    for (int i = 0; i < 3; i++) {
      Object unused = lab.vm("web").send(udp().to(lab.vm("app")));
    }
  }

  private static void fillRing(Lab lab) {
    lab.wire().send(udp().to(lab.vm("web")));
    lab.vm("web").pause();
    lab.wire().send(udp().to(lab.vm("web")), 2_000);
  }

  private static void capture(Lab lab) {
    Object unused = lab.host("h1").monitor(udp(), userMemory(slots(8)));
    lab.wire().send(udp().to(lab.vm("web")));
  }

  private static void swap(Lab lab) {
    FlowTable table = lab.host("h1").pnic("p0").classifier().table();
    FlowEntry entry = table.insert(udp(), ring(0));
    Object unused = table.replace(entry, ring(0));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("points")
  void a_test_comes_by(FaultPoint<?> point, Consumer<Lab> deed) {
    try (FaultLab test = FaultLab.open(FaultPointsTest::topology).lawOnly()) {
      Fault fault = test.faults.at(point).onCall(1).run(call -> {});

      deed.accept(test.lab);

      assertThat(fault.fired()).isEqualTo(1);
      assertThat(test.fired()).hasSize(1);
      assertThat(test.fired().get(0)).contains("faults: fault fired " + point + ", run (");
    }
  }

  @Test
  void each_point_is_tried() throws ReflectiveOperationException {
    List<Object> named = new ArrayList<>();
    for (Field field : FaultPoints.class.getDeclaredFields()) {
      if (Modifier.isPublic(field.getModifiers())) {
        named.add(field.get(null));
      }
    }
    assertThat(points().stream().<Object>map(each -> ((Named<?>) each.get()[0]).getPayload()))
        .containsExactlyInAnyOrderElementsOf(named);
  }

  @Test
  void a_point_has_its_own_name() {
    assertThat(FaultPoints.BEFORE_UNMAP).hasToString("before unmap");
    assertThat(FaultPoints.DMA_COMPLETE).hasToString("DMA complete");
  }
}
