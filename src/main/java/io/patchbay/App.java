package io.patchbay;

import io.patchbay.cli.Patchbay;
import io.patchbay.ops.RuntimeParts;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.context.TypeExcludeFilter;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.ComponentScan.Filter;
import org.springframework.context.annotation.FilterType;

/** The program: {@code java -jar patchbay.jar} starts the runtime, {@code java -jar patchbay.jar VERB} is the command line. */
@SpringBootConfiguration(proxyBeanMethods = false)
// The filter keeps what tests declare out of each other's contexts.
@ComponentScan(excludeFilters = @Filter(type = FilterType.CUSTOM, classes = TypeExcludeFilter.class))
@RuntimeParts
public class App {

    private static final String HOME = "--home=";
    private static final String SETTING = "--patchbay.home=";
    private static final int WRONG_USE = 2;

    /** Does what the verb says; without one, starts the runtime with the settings in {@code args}. */
    public static void main(String[] args) {
        if (Patchbay.isVerb(args)) {
            System.exit(Patchbay.run(args));
        }
        String[] settings = settings(args);
        Optional<String> unknown = unknown(settings);
        if (unknown.isPresent()) {
            System.err.println("There is no option " + unknown.get() + ". Options are --home=DIR and settings, like"
                    + " --patchbay.intake.port=8090; patchbay --help tells of the verbs.");
            System.exit(WRONG_USE);
        }
        SpringApplication application = new SpringApplication(App.class);
        application.setLogStartupInfo(false); // it says "started" before the intake listens; the runtime says it itself
        application.run(settings);
    }

    /** An argument that is no setting: all settings have a dot in their name, but for two of Spring Boot's. */
    static Optional<String> unknown(String[] settings) {
        return Stream.of(settings)
                .map(setting -> setting.replaceFirst("=.*", ""))
                .filter(name -> !name.matches("--.*[.].*|--debug|--trace"))
                .findFirst();
    }

    /** The command line as settings: {@code --home=DIR} and {@code --home DIR} are short for {@code --patchbay.home=DIR}. */
    static String[] settings(String[] args) {
        List<String> settings = new ArrayList<>();
        for (int i = 0; i < args.length; i++) {
            boolean apart = args[i].equals("--home") && i + 1 < args.length && !args[i + 1].startsWith("--");
            String home = apart ? HOME + args[++i] : args[i];
            settings.add(home.startsWith(HOME) ? SETTING + home.substring(HOME.length()) : home);
        }
        return settings.toArray(String[]::new);
    }
}
