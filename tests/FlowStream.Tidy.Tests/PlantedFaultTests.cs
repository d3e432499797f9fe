using FlowStream.Tidy.Tests.Rules;

namespace FlowStream.Tidy.Tests;

/// <summary>Each rule finds a fault planted for it, on its line, and leaves the sound form of the same code alone.</summary>
public sealed class PlantedFaultTests
{
    private const string Space = "namespace FlowStream.X;\n";

    [Theory]
    [InlineData("DateTime.UtcNow")]
    [InlineData("System.DateTimeOffset.Now")]
    [InlineData("Environment.TickCount64")]
    [InlineData("Stopwatch.GetTimestamp()")]
    public void A_clock_read_past_the_time_provider_is_found(string clock)
    {
        string code = $"{Space}public sealed class A\n{{\n    object Now => {clock};\n}}\n";
        AssertFinds(new ClockRule(), line: 4, code);
        AssertSilent(new ClockRule(), $"{Space}public sealed class A {{ object Now(TimeProvider t) => t.GetUtcNow(); }}\n");
        AssertSilent(new ClockRule(), code, path: "bench/B/A.cs");
    }

    [Fact]
    public void A_file_of_501_lines_is_found()
    {
        AssertFinds(new FileLengthRule(), line: 501, Lines(501), path: "tests/T/A.cs");
        AssertSilent(new FileLengthRule(), Lines(500), path: "tests/T/A.cs");
    }

    [Fact]
    public void A_median_of_91_lines_is_found()
    {
        var rule = new FileLengthRule();
        Assert.Single(rule.Check([File("a.cs", Lines(10)), File("b.cs", Lines(91)), File("c.cs", Lines(200))]));
        Assert.Empty(rule.Check([File("a.cs", Lines(10)), File("b.cs", Lines(90)), File("c.cs", Lines(200))]));
    }

    [Fact]
    public void A_namespace_with_braces_or_none_or_a_foreign_one_is_found()
    {
        AssertFinds(new FileScopedNamespaceRule(), line: 1, "namespace FlowStream.X { public sealed class A; }");
        AssertFinds(new FileScopedNamespaceRule(), line: 1, "public sealed class A;");
        AssertFinds(new FileScopedNamespaceRule(), line: 1, "namespace Other;\npublic sealed class A;");
        AssertSilent(new FileScopedNamespaceRule(), $"{Space}public sealed class A;");
        AssertSilent(new FileScopedNamespaceRule(), "return 2;");
    }

    [Fact]
    public void A_line_of_141_characters_is_found()
    {
        AssertFinds(new LineLengthRule(), line: 2, $"\n//{new string('-', 139)}\n");
        AssertSilent(new LineLengthRule(), $"\n//{new string('-', 138)}\n");
        AssertFinds(new LineLengthRule(), line: 1, "//\t\n");
        AssertFinds(new LineLengthRule(), line: 1, "// \n");
        AssertFinds(new LineLengthRule(), line: 1, "//\r\n");
    }

    [Theory]
    [InlineData("void M()")]
    [InlineData("public A()")]
    [InlineData("static int operator +(A a, A b)")]
    [InlineData("int P { get")]
    [InlineData("void M() { void Local()")]
    public void A_body_of_71_lines_is_found(string head)
    {
        string tail = head.Contains('{') ? "}}" : "}";
        AssertFinds(new MethodLengthRule(), line: 2, Body(68));
        AssertSilent(new MethodLengthRule(), Body(67));

        string Body(int inner) => $"{Space}public sealed class A {{ {head} {{\n{new string('\n', inner)}\n{tail} }}";
    }

    [Theory]
    [InlineData("Thread.Sleep(1)")]
    [InlineData("System.Threading.Tasks.Task.Delay(1)")]
    public void A_sleep_in_a_test_is_found(string sleep)
    {
        string code = $"{Space}public sealed class A {{ void M() => {sleep}; }}";
        AssertFinds(new NoSleepInTestsRule(), line: 2, code, path: "tests/T/A.cs");
        AssertSilent(new NoSleepInTestsRule(), code, path: "cli/C/A.cs");
    }

    [Theory]
    [InlineData("void M() => throw new NotImplementedException();")]
    [InlineData("// TO" + "DO later")]
    [InlineData("/* FIX" + "ME */")]
    public void A_stub_is_found(string stub)
    {
        AssertFinds(new NoStubRule(), line: 3, $"{Space}public sealed class A {{\n{stub}\n}}");
        AssertSilent(new NoStubRule(), $"{Space}public sealed class A {{\n// todo lists are what this stores\n}}");
    }

    [Fact]
    public void A_region_is_found() => AssertFinds(new NoStubRule(), line: 2, $"{Space}#region X\npublic sealed class A;\n#endregion\n");

    [Fact]
    public void An_empty_catch_without_a_reason_is_found()
    {
        AssertFinds(new NoSwallowedExceptionRule(), line: 2, $"{Space}class A {{ void M() {{ try {{ }} catch (Exception) {{ }} }} }}");
        AssertSilent(new NoSwallowedExceptionRule(), $"{Space}class A {{ void M() {{ try {{ }} catch\n{{\n// gone already\n}} }} }}");
        AssertSilent(new NoSwallowedExceptionRule(), $"{Space}class A {{ void M() {{ try {{ }} catch (Exception) {{ Count++; }} }} }}");
    }

    [Fact]
    public void A_second_type_in_a_file_is_found()
    {
        AssertFinds(new OneTypePerFileRule(), line: 3, $"{Space}public sealed class A;\npublic enum B;");
        AssertFinds(new OneTypePerFileRule(), line: 3, $"{Space}public sealed class A;\npublic delegate void B();");
        AssertSilent(new OneTypePerFileRule(), $"{Space}public sealed class A {{ private enum B; }}");
        AssertSilent(new OneTypePerFileRule(), $"{Space}public sealed class A;\npublic sealed class A<T>;");
    }

    [Fact]
    public void A_file_with_another_name_than_its_type_is_found()
    {
        AssertFinds(new OneTypePerFileRule(), line: 2, $"{Space}public sealed class B;");
        AssertSilent(new OneTypePerFileRule(), $"{Space}public sealed partial class A;", path: "cli/C/A.Part.cs");
    }

    [Fact]
    public void A_large_nested_type_is_found()
    {
        AssertFinds(new OneTypePerFileRule(), line: 2, Nested(69));
        AssertSilent(new OneTypePerFileRule(), Nested(68));

        static string Nested(int inner) => $"{Space}public sealed class A {{ private sealed class B {{\n{new string('\n', inner)}}} }}";
    }

    [Fact]
    public void Code_that_is_not_understood_is_found()
    {
        AssertFinds(new ParsesRule(), line: 2, $"{Space}public sealed class {{");
        AssertSilent(new ParsesRule(), $"{Space}class A(int b) {{ public int P {{ get => field; set => field = value; }} = b; }}");
        AssertSilent(new ParsesRule(), $"{Space}public static class A {{ extension(string s) {{ public int Twice => s.Length * 2; }} }}");
    }

    [Theory]
    [InlineData("File.ReadAllText(\"a\")")]
    [InlineData("new Socket()")]
    [InlineData("Environment.NewLine")]
    public void An_effect_in_a_pure_project_is_found(string effect)
    {
        string code = $"{Space}public sealed class A {{ object M() => {effect}; }}";
        AssertFinds(new PureProjectRule(), line: 2, code, path: "topology/FlowStream.Parsing/A.cs");
        AssertSilent(new PureProjectRule(), code, path: "topology/FlowStream.Streams/A.cs");
        AssertSilent(new PureProjectRule(), $"{Space}class A {{ int M(E e) => e.File; }}", path: "topology/FlowStream.Parsing/A.cs");
    }

    [Fact]
    public void A_clock_passed_to_a_pure_project_is_found() =>
        AssertFinds(new PureProjectRule(), line: 2, $"{Space}class A(TimeProvider t);", "schemas/FlowStream.Schemas/A.cs");

    [Theory]
    [InlineData("public class A;")]
    [InlineData("internal record A;")]
    [InlineData("internal record class A;")]
    [InlineData("public sealed class B { private class A; }")]
    public void An_open_class_is_found(string type) => AssertFinds(new SealedClassRule(), line: 2, Space + type);

    [Theory]
    [InlineData("public sealed class A;")]
    [InlineData("public abstract class A;")]
    [InlineData("public static class A;")]
    [InlineData("public record struct A;")]
    [InlineData("public partial class A;\npublic sealed partial class A;")]
    public void A_closed_class_is_left_alone(string type) => AssertSilent(new SealedClassRule(), Space + type);

    [Theory]
    [InlineData("ByteUtils")]
    [InlineData("LogHelper")]
    [InlineData("SessionManager")]
    public void A_name_that_says_nothing_is_found(string name)
    {
        AssertFinds(new TypeNameRule(), line: 2, $"{Space}public sealed class {name};");
        AssertSilent(new TypeNameRule(), $"{Space}public sealed class SessionTable;");
    }

    private static void AssertFinds(ISourceRule rule, int line, string code, string path = "cli/C/A.cs") =>
        Assert.Contains(rule.Check([File(path, code)]), finding => finding.Line == line && finding.Path == path);

    private static void AssertSilent(ISourceRule rule, string code, string path = "cli/C/A.cs") =>
        Assert.Empty(rule.Check([File(path, code)]));

    private static SourceFile File(string path, string code) => new(path, code);

    private static string Lines(int count) => string.Concat(Enumerable.Repeat("//\n", count));
}
