package de.joecash.backup.core.internal.catalogue;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import de.joecash.backup.Problem;

/** A problem as JSON: its code and its components. */
public final class ProblemFormat {
    private static final Gson JSON = new Gson();

    private ProblemFormat() {}

    /** Writes a problem. */
    public static JsonObject write(Problem problem) {
        JsonObject object = JSON.toJsonTree(problem, problem.getClass()).getAsJsonObject();
        object.addProperty("code", problem.code());
        return object;
    }

    /** Reads a problem; one that this version does not know becomes {@link Problem.Unexpected}. */
    public static Problem read(JsonObject object) {
        String code = "";
        try {
            code = object.has("code") ? object.get("code").getAsString() : "";
            for (Class<?> type : Problem.class.getPermittedSubclasses()) {
                if (type.getSimpleName().equals(code)) {
                    return (Problem) JSON.fromJson(object, type);
                }
            }
        } catch (RuntimeException e) {
            // Not by their kinds: what a record's own check throws comes from Gson as a plain RuntimeException.
            return new Problem.Unexpected(code);
        }
        return new Problem.Unexpected(code);
    }
}
