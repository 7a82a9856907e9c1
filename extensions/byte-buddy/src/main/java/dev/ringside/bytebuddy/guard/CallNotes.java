// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.bytebuddy.guard;

import net.bytebuddy.asm.AsmVisitorWrapper;
import net.bytebuddy.description.field.FieldDescription;
import net.bytebuddy.description.field.FieldList;
import net.bytebuddy.description.method.MethodList;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.implementation.Implementation;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.Handle;
import net.bytebuddy.jar.asm.Label;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.Type;
import net.bytebuddy.pool.TypePool;
import net.bytebuddy.utility.OpenedClassReader;
import org.jspecify.annotations.Nullable;

/**
 * Puts a note in front of each call that uses the real world, and of each reference to such a
 * method: {@code RealWorldGuard.used(type, method, line, call, world)}.
 */
final class CallNotes extends AsmVisitorWrapper.AbstractBase {

  private static final String GUARD = Type.getInternalName(RealWorldGuard.class);
  private static final String STRING = "Ljava/lang/String;";
  private static final String USED = "(" + STRING + STRING + "I" + STRING + STRING + ")V";

  @Override
  public int mergeWriter(int flags) {
    return flags | ClassWriter.COMPUTE_MAXS;
  }

  @Override
  public ClassVisitor wrap(
      TypeDescription type,
      ClassVisitor visitor,
      Implementation.Context context,
      TypePool pool,
      FieldList<FieldDescription.InDefinedShape> fields,
      MethodList<?> methods,
      int writerFlags,
      int readerFlags) {
    return new InClass(type.getName(), visitor);
  }

  private static final class InClass extends ClassVisitor {
    private final String type;

    InClass(String type, ClassVisitor next) {
      super(OpenedClassReader.ASM_API, next);
      this.type = type;
    }

    @Override
    public @Nullable MethodVisitor visitMethod(
        int access,
        String name,
        String descriptor,
        @Nullable String signature,
        String @Nullable [] exceptions) {
      MethodVisitor next = super.visitMethod(access, name, descriptor, signature, exceptions);
      return next == null ? null : new InMethod(type, name, next);
    }
  }

  private static final class InMethod extends MethodVisitor {
    private final String type;
    private final String method;
    private int line;

    InMethod(String type, String method, MethodVisitor next) {
      super(OpenedClassReader.ASM_API, next);
      this.type = type;
      this.method = method;
    }

    @Override
    public void visitLineNumber(int newLine, Label start) {
      line = newLine;
      super.visitLineNumber(newLine, start);
    }

    @Override
    public void visitMethodInsn(
        int opcode, String owner, String name, String descriptor, boolean isInterface) {
      note(owner, name, descriptor);
      super.visitMethodInsn(opcode, owner, name, descriptor, isInterface);
    }

    @Override
    public void visitInvokeDynamicInsn(
        String name, String descriptor, Handle bootstrap, Object... arguments) {
      for (Object argument : arguments) {
        if (argument instanceof Handle reference) {
          note(reference.getOwner(), reference.getName(), reference.getDesc());
        }
      }
      super.visitInvokeDynamicInsn(name, descriptor, bootstrap, arguments);
    }

    private void note(String owner, String name, String descriptor) {
      RealWorld world = Calls.of(owner, name, descriptor);
      if (world != null) {
        visitLdcInsn(type);
        visitLdcInsn(method);
        visitLdcInsn(line);
        visitLdcInsn(Calls.text(owner, name));
        visitLdcInsn(world.name());
        super.visitMethodInsn(Opcodes.INVOKESTATIC, GUARD, "used", USED, false);
      }
    }
  }
}
