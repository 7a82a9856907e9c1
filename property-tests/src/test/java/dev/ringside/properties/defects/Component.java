// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.properties.defects;

import static net.bytebuddy.matcher.ElementMatchers.none;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.bytebuddy.ByteBuddy;
import net.bytebuddy.asm.AsmVisitorWrapper.ForDeclaredMethods;
import net.bytebuddy.description.method.MethodDescription;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.dynamic.ClassFileLocator;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.pool.TypePool;

/** A class of the framework with its changes: what there is when one component is wrong. */
final class Component {

  private static final String FRAMEWORK = "dev.ringside.";

  private static final ClassFileLocator FRAMEWORK_CLASSES =
      ClassFileLocator.ForClassLoader.of(Component.class.getClassLoader());

  private final String name;
  private final List<Change> changes = new ArrayList<>();

  /** What is changed in which method. */
  private record Change(String method, Edit edit) {}

  private Component(String name) {
    this.name = name;
  }

  /** The class of this name, without {@code dev.ringside.} in front. */
  static Component of(String name) {
    return new Component(name);
  }

  /** This edit, too; of methods of one name it says the types: {@code hold(Packet)}. */
  Component with(String method, Edit edit) {
    changes.add(new Change(method, edit));
    return this;
  }

  /** The name as the loader knows it. */
  String className() {
    return FRAMEWORK + name;
  }

  /**
   * The bytes of the changed class.
   *
   * @throws IllegalStateException if an edit has found nothing that it could change
   */
  byte[] bytes() {
    TypeDescription type = TypePool.Default.of(FRAMEWORK_CLASSES).describe(className()).resolve();
    byte[] original = read();
    byte[] bytes = original;
    for (Change change : changes) {
      bytes = changed(type, change, bytes);
    }
    if (Arrays.equals(bytes, original)) {
      throw new IllegalStateException(this + " is as it was");
    }
    return bytes;
  }

  private byte[] read() {
    try {
      return FRAMEWORK_CLASSES.locate(className()).resolve();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private byte[] changed(TypeDescription type, Change change, byte[] before) {
    MethodDescription method = find(type, change.method());
    int[] places = new int[1];
    byte[] after =
        new ByteBuddy()
            .ignore(none()) // lambdas are code, too
            .redefine(
                type,
                new ClassFileLocator.Compound(
                    ClassFileLocator.Simple.of(className(), before), FRAMEWORK_CLASSES))
            .visit(
                new ForDeclaredMethods()
                    .writerFlags(ClassWriter.COMPUTE_FRAMES)
                    .readerFlags(ClassReader.SKIP_FRAMES)
                    .invokable(
                        candidate -> candidate.asDefined().equals(method.asDefined()),
                        (instrumented, inside, next, context, pool, writer, reader) ->
                            over(change, method, next, places)))
            .make()
            .getBytes();
    if (places[0] == 0) {
      throw new IllegalStateException(
          "nothing was changed in " + name + '.' + change.method() + "; say what is there now");
    }
    return after;
  }

  private static MethodVisitor over(
      Change change, MethodDescription method, MethodVisitor next, int[] places) {
    return change.edit().over(method, next, () -> places[0]++);
  }

  private MethodDescription find(TypeDescription type, String method) {
    List<MethodDescription> found = new ArrayList<>(type.getDeclaredMethods());
    found.removeIf(candidate -> candidate.isBridge() || !isMeant(candidate, method));
    if (found.size() != 1) {
      throw new IllegalStateException(
          name + " has " + found.size() + " methods " + method + ", expected one");
    }
    return found.get(0);
  }

  private static boolean isMeant(MethodDescription candidate, String method) {
    int parameters = method.indexOf('(');
    if (parameters < 0) {
      return isNamed(candidate.getInternalName(), method);
    }
    List<String> types = new ArrayList<>();
    candidate.getParameters().asTypeList().asErasures().forEach(t -> types.add(t.getSimpleName()));
    return isNamed(candidate.getInternalName(), method.substring(0, parameters))
        && method.substring(parameters).equals("(" + String.join(", ", types) + ")");
  }

  /** The compiler numbers lambdas, so that their names may end in a star. */
  private static boolean isNamed(String name, String wanted) {
    return wanted.endsWith("*")
        ? name.startsWith(wanted.substring(0, wanted.length() - 1))
        : name.equals(wanted);
  }

  /** Such as {@code ring.WaitQueue}, with the methods that were changed. */
  @Override
  public String toString() {
    List<String> methods = new ArrayList<>();
    for (Change change : changes) {
      if (!methods.contains(change.method())) {
        methods.add(change.method());
      }
    }
    return name + "." + String.join("+", methods);
  }
}
