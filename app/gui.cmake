# The desktop program.
add_executable(ionscape main_gui.cpp)
target_link_libraries(ionscape PRIVATE ionscape_options ionscape_gui_views ionscape_gui_widgets ionscape_gui_jobs
                                       ionscape_workflow ionscape_potential Qt6::Widgets)
qt_add_translations(ionscape
  TS_FILES ${PROJECT_SOURCE_DIR}/translations/ionscape_de.ts ${PROJECT_SOURCE_DIR}/translations/ionscape_en.ts
  RESOURCE_PREFIX /translations
  LUPDATE_TARGET ionscape_lupdate
  LRELEASE_TARGET ionscape_lrelease)
install(TARGETS ionscape)
